/** Electron's `app`, as far as links of other programs are concerned. */
const ours = new Set<string>()
let isRefusing = false

/** As on Linux, where nothing can be given back. */
export const protocolClient = {
  isDefaultProtocolClient: (scheme: string) => ours.has(scheme),
  setAsDefaultProtocolClient(scheme: string): boolean {
    if (!isRefusing) ours.add(scheme)
    return !isRefusing
  },
  removeAsDefaultProtocolClient: () => false,
}

export const protocolAnswers = {
  protocols: () => [...ours],
  refuseProtocols: (refuses: boolean) => {
    isRefusing = refuses
  },
}
