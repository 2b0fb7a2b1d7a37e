/** Made by the build (scripts/packaging/changes-plugin.ts): the newest sections of CHANGELOG.md. */
declare module 'virtual:changes' {
  /** `version`: null for what is not released yet. */
  const changes: {
    version: string | null
    parts: { title: string; changes: { text: string; isCode: boolean }[][] }[]
  }[]
  export default changes
}
