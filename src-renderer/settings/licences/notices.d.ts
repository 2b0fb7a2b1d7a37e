/** Made by the build (scripts/packaging/notices-plugin.ts): Broadsheet's own licence first, then those of its libraries. */
declare module 'virtual:notices' {
  const notices: { name: string; version: string; license: string; homepage: string; text: string }[]
  export default notices
}
