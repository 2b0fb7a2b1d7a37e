/**
 * Electron's fuses for a packaged Broadsheet: switches burnt into the binary, which no command line or environment can
 * turn back. Given to @electron/fuses (`flipFuses(binary, { version: FuseVersion.V1, ...fuses })`) when packaging.
 */
export const electronFuses = {
  // Nobody may use our signed program to run code of their own.
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // The program's files are the ones that were packaged, or it does not start.
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  EnableCookieEncryption: true,
  // Pages come from app:// only, so file: needs no privileges.
  GrantFileProtocolExtraPrivileges: false,
  // Needs snapshots of our own, which we don't make.
  LoadBrowserProcessSpecificV8Snapshot: false,
}
