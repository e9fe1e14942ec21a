#!/bin/sh
# Puts Stretch Player in place for you alone, without an administrator, or takes it away again:
#     ./install.sh --user
#     ./install.sh --uninstall      (also as ~/.local/lib/stretchplayer/install.sh --uninstall)
# What was put where, and which folders were made for it, is written down, so that all of it can be taken away.
# Your settings and your history stay; they are in ~/.local/share/stretchplayer.
set -eu

HERE=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
DATA=${XDG_DATA_HOME:-$HOME/.local/share}
CONFIG=${XDG_CONFIG_HOME:-$HOME/.config}
LIB=$HOME/.local/lib/stretchplayer
BIN=$HOME/.local/bin
FILES=$LIB/installed-files
FOLDERS=$LIB/installed-folders

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

make_folder() { # and those it lies in, each written down
    if [ -d "$1" ]; then return; fi
    make_folder "$(dirname -- "$1")" "$2"
    mkdir -- "$1"
    say "$1" >>"$2"
}

refresh() { # what desktops keep about programs, types and icons
    if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$DATA/applications" 2>/dev/null || :; fi
    if command -v update-mime-database >/dev/null; then update-mime-database "$DATA/mime" >/dev/null 2>&1 || :; fi
    if [ -e "$DATA/icons/hicolor/icon-theme.cache" ] && command -v gtk-update-icon-cache >/dev/null; then
        gtk-update-icon-cache -q -t -f "$DATA/icons/hicolor" || :
    fi
}

install_files() {
    if [ "$HERE" = "$LIB" ]; then fail "It is installed already. Run the install.sh of the version you want instead."; fi
    if [ -d "$LIB" ]; then uninstall_files; fi
    folders=$(mktemp)
    trap 'rm -f "$folders"' EXIT
    make_folder "$LIB" "$folders"
    cp -R "$HERE/." "$LIB/"
    make_folder "$BIN" "$folders"
    ln -sf "$LIB/stretchplayer" "$BIN/stretchplayer"
    say "$BIN/stretchplayer" >"$FILES"
    (cd "$HERE/share" && find . -type f) | sed 's|^\./||' | while IFS= read -r file; do
        make_folder "$(dirname -- "$DATA/$file")" "$folders"
        case $file in
        # Desktops may not look into ~/.local/bin, so the program is named by its whole path.
        applications/*) sed -e "s|^\(Try\)\{0,1\}Exec=stretchplayer|&@|" -e "s|stretchplayer@|$BIN/stretchplayer|" "$HERE/share/$file" >"$DATA/$file" ;;
        *) cp "$HERE/share/$file" "$DATA/$file" ;;
        esac
        say "$DATA/$file" >>"$FILES"
    done
    cat "$folders" >"$FOLDERS"
    refresh
    say "Stretch Player is installed: you find it among your programs, and as $BIN/stretchplayer."
}

uninstall_files() {
    if [ ! -e "$FILES" ]; then fail "Stretch Player is not installed for you."; fi
    folders=$(mktemp)
    cp "$FOLDERS" "$folders"
    while IFS= read -r file; do rm -f -- "$file"; done <"$FILES"
    # The program's own entry for starting with the desktop
    if grep -q "$LIB\|$BIN/stretchplayer" "$CONFIG/autostart/stretchplayer.desktop" 2>/dev/null; then
        rm -f -- "$CONFIG/autostart/stretchplayer.desktop"
    fi
    rm -rf -- "$LIB"
    refresh
    # What was made by refreshing goes with the folders that were made for this program, unless others use them by now.
    if grep -qx "$DATA/mime" "$folders" && [ -z "$(ls -A "$DATA/mime/packages" 2>/dev/null)" ]; then rm -rf -- "$DATA/mime"; fi
    if grep -qx "$DATA/applications" "$folders" && [ "$(ls -A "$DATA/applications" 2>/dev/null)" = mimeinfo.cache ]; then
        rm -f -- "$DATA/applications/mimeinfo.cache"
    fi
    # The deepest first; a folder that others use by now is not empty, and stays.
    sort -r "$folders" | while IFS= read -r folder; do rmdir -- "$folder" 2>/dev/null || :; done
    rm -f "$folders"
}

case ${1:-} in
--user) install_files ;;
--uninstall)
    uninstall_files
    say "Stretch Player is gone. Your settings and your history are still in $DATA/stretchplayer."
    ;;
*) fail "Say ./install.sh --user or ./install.sh --uninstall." ;;
esac
