import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { yaml } from '@codemirror/lang-yaml'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { type Finding, termsSchema } from '@writ/terms'
import { basicSetup } from 'codemirror'
import { type RefObject, useEffect, useRef } from 'react'
import { type SchemaPart, suggestions } from './complete.ts'

/** Goes to a place of the text. */
export type GoTo = (line: number, column: number) => void

interface CodeEditorProps {
  readonly initial: string
  readonly onChange: (text: string) => void
  /** Every fault of a text, now. */
  readonly faultsOf: (text: string) => readonly Finding[]
  readonly goTo: RefObject<GoTo | undefined>
}

const SCHEMA = termsSchema as unknown as SchemaPart

/** The terms as text: completion from the published schema, faults in the margin. Escape, then Tab, leaves it. */
export function CodeEditor({ initial, onChange, faultsOf, goTo }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const start = useRef({ initial, onChange, faultsOf })
  useEffect(() => {
    const { initial: doc, onChange: changed, faultsOf: faults } = start.current
    const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce
    const view = new EditorView({
      parent: place.current as HTMLElement,
      state: EditorState.create({
        doc,
        extensions: [
          basicSetup,
          yaml(),
          autocompletion({ override: [complete] }),
          lintGutter(),
          linter((view) => faults(view.state.doc.toString()).map((finding) => diagnostic(finding, view.state)), { delay: 250 }),
          EditorView.updateListener.of(({ docChanged, state }) => docChanged && changed(state.doc.toString())),
          EditorView.contentAttributes.of({ 'aria-label': 'The terms, as YAML', tabindex: '0' }),
          EditorView.lineWrapping,
          LOOK,
          ...(nonce === undefined ? [] : [EditorView.cspNonce.of(nonce)]),
        ],
      }),
    })
    goTo.current = (line, column) => {
      const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines))
      view.dispatch({ selection: { anchor: Math.min(at.from + Math.max(0, column - 1), at.to) }, scrollIntoView: true })
      view.focus()
    }
    return () => view.destroy()
  }, [goTo])
  return <div ref={place} />
}

function complete(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[\w.]*$/)
  if (word === null || (word.from === word.to && !context.explicit)) return null
  const options = suggestions(context.state.sliceDoc(0, context.pos), SCHEMA).map(({ label, detail, kind }) => ({
    label,
    type: kind === 'key' ? 'property' : 'constant',
    ...(detail !== undefined && { info: detail }),
    ...(kind === 'key' && { apply: `${label}: ` }),
  }))
  return options.length === 0 ? null : { from: word.from, options, validFor: /^[\w.]*$/ }
}

function diagnostic({ severity, line, column, message, suggestion, code }: Finding, { doc }: EditorState): Diagnostic {
  const at = doc.line(Math.min(Math.max(1, line), doc.lines))
  const from = Math.min(at.from + Math.max(0, column - 1), at.to)
  return {
    from,
    to: Math.max(from, at.to),
    severity,
    source: code,
    message: suggestion === undefined ? message : `${message} ${suggestion}`,
  }
}

/** In the colours of the page, in both themes. */
const LOOK = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'var(--paper)', color: 'var(--ink)', maxHeight: '72vh' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-gutters': { backgroundColor: 'var(--paper-2)', color: 'var(--ink-2)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 6%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--paper-3)', color: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent) !important',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-tooltip': { backgroundColor: 'var(--paper)', color: 'var(--ink)', border: '1px solid var(--line)', borderRadius: '6px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent-paper)', color: 'var(--ink)' },
  '.cm-panels': { backgroundColor: 'var(--paper-2)', color: 'var(--ink)' },
  '.ͼb, .ͼc, .ͼi, .ͼl': { color: 'var(--accent)' },
  '.ͼd, .ͼe': { color: 'var(--good)' },
  '.ͼm': { color: 'var(--ink-2)' },
})
