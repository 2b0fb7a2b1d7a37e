/** Making two newsletters one. */
export const words = {
  menu: 'Join with another newsletter…',
  title: (name: string): string => `Join ${name} with another newsletter`,
  intro: 'Its articles move to the other one, and so does what it sends from now on. Its own name goes.',
  into: 'Newsletter that it joins',
  button: 'Join',
}
