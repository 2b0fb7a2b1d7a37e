export type Notice = { name: string; version: string; license: string; homepage: string; text: string }
export function notices(folder?: string): Notice[]
export function thirdPartyNotices(folder?: string): string
export function shippedLibraries(folder?: string): string[]
