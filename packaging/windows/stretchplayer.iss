; Inno Setup 6: iscc /DAppVersion=1.2.3 packaging\windows\stretchplayer.iss, after packaging\bundle\make.py.
; For the person alone by default, so no administrator is needed.

#ifndef AppVersion
  #error Name the version: iscc /DAppVersion=1.2.3
#endif
#define AppName "Stretch Player"
#define AppId "org.stretchplayer.StretchPlayer"
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
; What a person has turned on for themselves is taken back where it was turned on.
UsedUserAreasWarning=no
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
; The program that runs is asked to quit (below): it may play a session, and closing its window would not end it.
CloseApplications=no

[Messages]
ConfirmUninstall=Remove %1 from this computer?%n%nYour settings, routines and history stay in %LOCALAPPDATA%\stretchplayer; delete that folder to remove them, too.

[CustomMessages]
StillRunning=Stretch Player is still running. End the session, quit it from its tray icon, and try again.
StartAtLogin=&Remind me from when I sign in

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: startup; Description: "{cm:StartAtLogin}"; Flags: unchecked

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; What an older version had and this one doesn't must not be loaded.
Type: filesandordirs; Name: "{app}\_internal"; Check: IsOurs

[Icons]
Name: "{group}\{#AppName}"; Filename: "{app}\stretchplayer.exe"; AppUserModelID: "{#AppId}"
Name: "{autodesktop}\{#AppName}"; Filename: "{app}\stretchplayer.exe"; AppUserModelID: "{#AppId}"; Tasks: desktopicon

[Registry]
; Windows looks at the last ending only. So .toml stays whoever's it is, and the program is offered under "Open with".
Root: HKA; Subkey: "Software\Classes\StretchPlayer.Routine"; ValueType: string; ValueData: "{#AppName} routine"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\StretchPlayer.Routine\DefaultIcon"; ValueType: string; ValueData: "{app}\stretchplayer.exe,0"
Root: HKA; Subkey: "Software\Classes\StretchPlayer.Routine\shell\open\command"; ValueType: string; ValueData: """{app}\stretchplayer.exe"" start ""%1"""
Root: HKA; Subkey: "Software\Classes\.toml\OpenWithProgids"; ValueType: string; ValueName: "StretchPlayer.Routine"; Flags: uninsdeletevalue
; The program's own entries: it starts with Windows by the first, and describes itself for notifications in the last.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: string; ValueName: "StretchPlayer"; ValueData: """{app}\stretchplayer.exe"" --background"; Tasks: startup
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: none; ValueName: "StretchPlayer"; Flags: dontcreatekey uninsdeletevalue
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"; ValueType: none; ValueName: "StretchPlayer"; Flags: dontcreatekey uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\AppUserModelId\{#AppId}"; ValueType: none; Flags: dontcreatekey uninsdeletekey

[Run]
Filename: "{app}\stretchplayer.exe"; Description: "{cm:LaunchProgram,{#AppName}}"; Flags: nowait postinstall skipifsilent

; There is no [UninstallDelete]: what is removed is what was installed, whatever folder that was.

[Code]
const
  NotRunning = 3;
  Tries = 20;
  PauseMs = 500;
  EndsWithinMs = 2000;

function IsOurs: Boolean;
begin
  Result := FileExists(ExpandConstant('{app}\stretchplayer.exe'));
end;

{ Asks the program to quit, and whether it has. A session that plays is stopped. }
function HasQuit: Boolean;
var
  Program: String;
  Code, Count: Integer;
begin
  Result := True;
  Program := ExpandConstant('{app}\stretchplayer.com');
  if not FileExists(Program) then
    exit;
  for Count := 1 to Tries do
  begin
    if not Exec(Program, 'quit', '', SW_HIDE, ewWaitUntilTerminated, Code) then
      exit;
    if Code = NotRunning then
    begin
      if Count > 1 then
        Sleep(EndsWithinMs);
      exit;
    end;
    Sleep(PauseMs);
  end;
  Result := False;
end;

function PrepareToInstall(var NeedsRestart: Boolean): String;
begin
  Result := '';
  if not HasQuit then
    Result := CustomMessage('StillRunning');
end;

function InitializeUninstall: Boolean;
begin
  Result := HasQuit;
  if not Result then
    SuppressibleMsgBox(CustomMessage('StillRunning'), mbError, MB_OK, IDOK);
end;
