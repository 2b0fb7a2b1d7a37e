/** Code as coloured pieces, by highlight.js. Runs in a worker: its patterns can take for ever over text made for that. */
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import csharp from 'highlight.js/lib/languages/csharp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import go from 'highlight.js/lib/languages/go'
import haskell from 'highlight.js/lib/languages/haskell'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import kotlin from 'highlight.js/lib/languages/kotlin'
import lua from 'highlight.js/lib/languages/lua'
import php from 'highlight.js/lib/languages/php'
import python from 'highlight.js/lib/languages/python'
import ruby from 'highlight.js/lib/languages/ruby'
import rust from 'highlight.js/lib/languages/rust'
import shell from 'highlight.js/lib/languages/shell'
import sql from 'highlight.js/lib/languages/sql'
import swift from 'highlight.js/lib/languages/swift'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'

const languages = {
  ...{
    bash,
    c,
    cpp,
    csharp,
    css,
    diff,
    go,
    haskell,
    java,
    javascript,
    json,
    kotlin,
    lua,
    php,
    python,
    ruby,
    rust,
    shell,
  },
  ...{ sql, swift, typescript, xml, yaml },
}
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language)

/** `language`: as the publisher names it; null where they do not. */
export type Code = { text: string; language: string | null }

/** Few colours, so that they mean something. */
export type TokenKind = 'comment' | 'keyword' | 'string' | 'number' | 'name' | 'type' | 'added' | 'removed'

/** `[start, end)` in the text. */
export type Token = { start: number; end: number; kind: TokenKind }

const kinds: Record<string, TokenKind> = {
  ...of('comment', 'comment quote doctag meta'),
  ...of('keyword', 'keyword selector-tag tag section operator'),
  ...of('string', 'string regexp char link subst template-tag template-variable'),
  ...of('number', 'number literal symbol bullet variable.constant'),
  ...of(
    'name',
    'title title.function name attr attribute property selector-id selector-class selector-attr selector-pseudo',
  ),
  ...of('type', 'type title.class built_in variable.language class'),
  ...of('added', 'addition'),
  ...of('removed', 'deletion'),
}

/** Nothing where the language is unknown, or is neither named nor plain from how the text begins. */
export function tokensOf({ text, language }: Code): Token[] {
  const name = language ?? languageOf(text)
  return name !== null && hljs.getLanguage(name) ? tokensIn(hljs.highlight(text, { language: name }).value) : []
}

/**
 * By what cannot be anything else. highlight.js's own guess is not asked: it is surer of prose and of listings than of code
 * (docs/benchmarks.md).
 */
function languageOf(text: string): string | null {
  const start = text.slice(0, 400).trimStart()
  const interpreter = /^#!\s?\S*\/(?:env (?:-S )?)?([a-z]+)/.exec(start)?.[1]
  if (interpreter) return interpreters[interpreter] ?? null
  if (start.startsWith('<?php')) return 'php'
  if (/^<(?:!doctype html|\?xml|html|svg)[\s>]/i.test(start)) return 'xml'
  if (/^(?:diff --git |--- \S.*\n\+\+\+ |@@ -\d+,\d+ \+\d+)/.test(start)) return 'diff'
  if (/^#include [<"]/m.test(start)) return 'cpp'
  if (/^package main$/m.test(start)) return 'go'
  return isJson(text) ? 'json' : null
}

const interpreters: Record<string, string> = {
  ...{ bash: 'bash', sh: 'bash', zsh: 'bash', python: 'python', node: 'javascript', deno: 'typescript' },
  ...{ ruby: 'ruby', php: 'php', lua: 'lua' },
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

const references: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

/** Reads highlight.js's own HTML, whose only tags are spans with one class. The innermost kind counts. */
function tokensIn(html: string): Token[] {
  const tokens: Token[] = []
  const open: (TokenKind | undefined)[] = []
  let at = 0
  for (const [piece, scope, reference] of html.matchAll(/<span class="([^"]*)">|<\/span>|&(\w+|#x27);|[^<&]+/g)) {
    if (scope !== undefined) open.push(kindOf(scope) ?? open.at(-1))
    else if (piece === '</span>') open.pop()
    else {
      const length = reference === undefined ? piece.length : (references[reference] ?? piece).length
      add(tokens, { start: at, end: at + length, kind: open.at(-1) })
      at += length
    }
  }
  return tokens
}

function add(tokens: Token[], { start, end, kind }: { start: number; end: number; kind: TokenKind | undefined }): void {
  if (kind === undefined) return
  const last = tokens.at(-1)
  if (last?.end === start && last.kind === kind) last.end = end
  else tokens.push({ start, end, kind })
}

/** `hljs-title function_` is the scope 'title.function'. */
function kindOf(classes: string): TokenKind | undefined {
  const scope = classes.replace(/^hljs-/, '').replace(/ (\w+?)_*(?= |$)/g, '.$1')
  return kinds[scope] ?? kinds[scope.split('.')[0] ?? '']
}

function of(kind: TokenKind, scopes: string): Record<string, TokenKind> {
  return Object.fromEntries(scopes.split(' ').map(scope => [scope, kind]))
}
