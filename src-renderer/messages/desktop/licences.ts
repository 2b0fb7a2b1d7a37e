/** The licences of Broadsheet and of what it is made of. */

export const words = {
  title: 'Licences',
  text: 'Broadsheet is free software under the MIT licence, made with libraries of others.',
  show: 'Show licences',
  showing: 'Loading the licences',
  list: 'Broadsheet and its libraries',
  without: 'It brings no text of its licence.',
  runtime: 'Those of Electron and Chromium lie beside the program: LICENSE.electron.txt and LICENSES.chromium.html.',
  failed: 'The licences could not be loaded.',
  failedNext: 'Start Broadsheet again: its files may have changed since it was started.',
}
