"""What macOS is told about the program: the entries of its Info.plist."""

from project import NAME, REVERSE_DNS, TITLE

ROUTINE_TYPE = f"{REVERSE_DNS}.routine"


def property_list(version: str) -> dict[str, object]:
    """The entries, but for those that PyInstaller writes itself."""
    return {
        "CFBundleName": TITLE,
        "CFBundleDisplayName": TITLE,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleExecutable": NAME,
        "LSApplicationCategoryType": "public.app-category.healthcare-fitness",
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # it has a dark look
        "NSHumanReadableCopyright": "The Stretch Player authors, MIT licence",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": f"{TITLE} routine",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [ROUTINE_TYPE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": ROUTINE_TYPE,
                "UTTypeDescription": f"{TITLE} routine",
                "UTTypeConformsTo": ["public.text"],
                "UTTypeTagSpecification": {"public.filename-extension": ["stretch.toml"]},
            }
        ],
    }
