/** What the engine's home needs of Electron, without an app or a window: its processes, and ports to them. */
export { MessageChannelMain, MessagePortMain } from './ports.ts'
export { crashUtilityProcesses, utilityProcess } from './utility-process.ts'
