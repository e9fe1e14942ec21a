"""What macOS is told about the program: the entries of its Info.plist (Apple's "Information Property List")."""

from project import NAME, TITLE

TOML = "io.toml.toml"
"""A type of nobody's in particular. macOS looks at the last ending only, so there can be none for .stretch.toml."""


def property_list(version: str) -> dict[str, object]:
    """The entries, but for those that PyInstaller writes itself."""
    return {
        "CFBundleName": TITLE,
        "CFBundleDisplayName": TITLE,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleExecutable": NAME,
        "CFBundleDevelopmentRegion": "en",
        "ITSAppUsesNonExemptEncryption": False,
        "LSApplicationCategoryType": "public.app-category.healthcare-fitness",
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # it has a dark look
        "NSHumanReadableCopyright": "The Stretch Player authors, MIT licence",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": f"{TITLE} routine",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": [TOML],
            }
        ],
        "UTImportedTypeDeclarations": [
            {
                "UTTypeIdentifier": TOML,
                "UTTypeDescription": "TOML document",
                "UTTypeConformsTo": ["public.text"],
                "UTTypeTagSpecification": {"public.filename-extension": ["toml"]},
            }
        ],
    }
