/** Whether a file holds e-mail messages: one (.eml), or a folder of them (.mbox). */

/** RFC 4155: 'From ', a sender and a date with its year. */
const mboxStart = /^From \S+ .*\b(?:19|20)\d\d\b/
/** RFC 5322, 2.2: fields with their names, one below the other. */
const fields = /^(?:[\x21-\x39\x3b-\x7e]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}/
/** Names that a letter has, and a text of another kind that begins alike has not. */
const ofMail = /^(?:From|Received|Return-Path|Delivered-To|Message-ID|DKIM-Signature|X-Mozilla-Status):/im

/** `head`: the first few kilobytes of the file, a character for each byte. */
export function isMail(head: string): boolean {
  return mboxStart.test(head) || (fields.test(head) && ofMail.test(head))
}
