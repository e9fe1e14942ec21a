/* icuuc.dll: what Qt6Core imports of the ICU that is a part of Windows 10, and that Wine hasn't got. This one knows no
   codec, so Qt does with those it has itself. It must never be in a bundle that is given to people. */
typedef int Status;
enum { FILE_NOT_FOUND = 4, UNSUPPORTED = 16 };
#define EXPORT __declspec(dllexport)

int __stdcall DllMainCRTStartup(void *module, unsigned reason, void *reserved) { return 1; }

EXPORT void *ucnv_open(const char *name, Status *status) { *status = FILE_NOT_FOUND; return 0; }
EXPORT void ucnv_close(void *codec) {}
EXPORT void ucnv_reset(void *codec) {}
EXPORT signed char ucnv_getMaxCharSize(void *codec) { return 1; }
EXPORT const char *ucnv_getName(void *codec, Status *status) { *status = UNSUPPORTED; return 0; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, Status *status) { *status = FILE_NOT_FOUND; return 0; }
EXPORT const char *ucnv_getAvailableName(int number) { return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT void ucnv_getToUCallBack(void *codec, void **action, const void **context) { *action = 0; *context = 0; }
EXPORT void ucnv_getFromUCallBack(void *codec, void **action, const void **context) { *action = 0; *context = 0; }
EXPORT void ucnv_setToUCallBack(void *codec, void *n, const void *c, void **o, const void **oc, Status *s) { *s = UNSUPPORTED; }
EXPORT void ucnv_setFromUCallBack(void *codec, void *n, const void *c, void **o, const void **oc, Status *s) { *s = UNSUPPORTED; }
EXPORT void ucnv_cbToUWriteUChars(void *arguments, const void *text, int length, int offset, Status *s) { *s = UNSUPPORTED; }
EXPORT void ucnv_cbFromUWriteUChars(void *arguments, const void **text, const void *end, int offset, Status *s) { *s = UNSUPPORTED; }
EXPORT void ucnv_toUnicode(void *c, void **to, const void *end, const char **from, const char *last, int *o, signed char f, Status *s) { *s = UNSUPPORTED; }
EXPORT void ucnv_fromUnicode(void *c, char **to, const char *end, const void **from, const void *last, int *o, signed char f, Status *s) { *s = UNSUPPORTED; }
EXPORT int ucnv_toUCountPending(void *codec, Status *status) { return 0; }
EXPORT int ucnv_fromUCountPending(void *codec, Status *status) { return 0; }
EXPORT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORT void UCNV_FROM_U_CALLBACK_STOP(void) {}
EXPORT void UCNV_TO_U_CALLBACK_STOP(void) {}
