/// <reference types="vite/types/importMeta.d.ts" />

/** A picture as a data: address, put in by the build. */
declare module '*.png?inline' {
  const address: string
  export default address
}
