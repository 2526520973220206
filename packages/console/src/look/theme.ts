import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** The accent, light to dark. 6 carries white text in both themes. */
const accent: MantineColorsTuple = [
  '#eef1fd',
  '#dbe1fb',
  '#b9c4f8',
  '#98a8fa',
  '#8092f2',
  '#5a6ee0',
  '#4055c8',
  '#3547ad',
  '#2b3a90',
  '#222e73',
]

export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: 6,
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontFamily: 'var(--sans)', fontWeight: '600' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: {
      defaultProps: { withArrow: false, openDelay: 250, multiline: true, maw: 340, events: { hover: true, focus: true, touch: true } },
    },
    Button: { defaultProps: { size: 'sm', fw: 500 } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    // Its scroll lock would write a style element without the nonce; nothing of ours scrolls behind. Its head is no banner of the page.
    Modal: { defaultProps: { lockScroll: false, radius: 10, centered: true, attributes: { header: { role: 'presentation' } } } },
    Drawer: { defaultProps: { lockScroll: false } },
  },
})

/** Mantine's own greys miss 4.5:1 in places: ours stand in for them. */
export const variables: CSSVariablesResolver = () => {
  const ours = {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-2)',
    '--mantine-color-placeholder': 'var(--ink-2)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-anchor': 'var(--accent)',
  }
  return { variables: {}, light: ours, dark: ours }
}
