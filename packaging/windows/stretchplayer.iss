; Inno Setup 6: iscc /DAppVersion=1.2.3 packaging\windows\stretchplayer.iss, after packaging\bundle\make.py.
; For the person alone by default, so no administrator is needed.

#ifndef AppVersion
  #error Name the version: iscc /DAppVersion=1.2.3
#endif
#define AppName "Stretch Player"
#define Source "..\..\build\bundle\dist\stretchplayer"

[Setup]
AppId={{7C1B52D4-2E0E-4E7B-9C0B-6B0C6F3B6A55}
AppName={#AppName}
AppVersion={#AppVersion}
AppPublisher=The Stretch Player authors
VersionInfoVersion={#AppVersion}
DefaultDirName={autopf}\{#AppName}
DefaultGroupName={#AppName}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
SetupIconFile=..\icons\stretchplayer.ico
UninstallDisplayIcon={app}\stretchplayer.exe
OutputDir=..\..\dist
OutputBaseFilename=stretchplayer-{#AppVersion}-windows-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; What an older version had and this one doesn't must not be loaded.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\{#AppName}"; Filename: "{app}\stretchplayer.exe"; AppUserModelID: "org.stretchplayer.StretchPlayer"
Name: "{autodesktop}\{#AppName}"; Filename: "{app}\stretchplayer.exe"; Tasks: desktopicon

[Registry]
; Windows looks at the last ending only. So .toml stays whoever's it is, and the program is offered under "Open with".
Root: HKA; Subkey: "Software\Classes\StretchPlayer.Routine"; ValueType: string; ValueData: "{#AppName} routine"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\StretchPlayer.Routine\DefaultIcon"; ValueType: string; ValueData: "{app}\stretchplayer.exe,0"
Root: HKA; Subkey: "Software\Classes\StretchPlayer.Routine\shell\open\command"; ValueType: string; ValueData: """{app}\stretchplayer.exe"" start ""%1"""
Root: HKA; Subkey: "Software\Classes\.toml\OpenWithProgids"; ValueType: string; ValueName: "StretchPlayer.Routine"; Flags: uninsdeletevalue

[Run]
Filename: "{app}\stretchplayer.exe"; Description: "{cm:LaunchProgram,{#AppName}}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
Type: filesandordirs; Name: "{app}"
; The program's own entry for starting with Windows
[UninstallRun]
Filename: "{sys}\reg.exe"; Parameters: "delete HKCU\Software\Microsoft\Windows\CurrentVersion\Run /v stretchplayer /f"; Flags: runhidden; RunOnceId: "Autostart"
