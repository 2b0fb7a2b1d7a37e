/** Names what an effect runs again for, where its body does not read it. */
export function track(..._dependencies: unknown[]): void {}
