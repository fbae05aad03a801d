import {
  Avatar,
  createTheme,
  darken,
  Drawer,
  Menu,
  Modal,
  Notification,
  type CSSVariablesResolver,
} from '@mantine/core'
import { strings } from './strings.js'

const closeButtonProps = { 'aria-label': strings.common.close }
/** It has a heading of its own, and is no banner of the page. */
const dialog = { attributes: { header: { role: 'presentation' } }, closeButtonProps }

/** Text has a contrast of at least 4.5 : 1, light and dark: where a colour is this bright, black is as readable as white. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 9, dark: 9 },
  autoContrast: true,
  luminanceThreshold: 0.179,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Avatar: Avatar.extend({ defaultProps: { variant: 'filled', color: 'initials' } }),
    Drawer: Drawer.extend({ defaultProps: dialog }),
    // What would be focused first is no item of a menu.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: dialog }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps } }),
  },
})

export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  // Mantine's own is brighter, and white no longer readable on it.
  variables: { '--mantine-primary-color-filled-hover': darken(colors.teal[9], 0.15) },
  light: {
    '--mantine-color-dimmed': colors.gray[7],
    '--mantine-color-placeholder': colors.gray[7],
    '--mantine-color-error': colors.red[9],
    // What is chosen is told by its background.
    '--mantine-color-teal-light-color': colors.dark[9],
    '--mantine-color-teal-light': colors.teal[0],
  },
  dark: {
    '--mantine-color-dimmed': colors.dark[1],
    '--mantine-color-placeholder': colors.dark[1],
    '--mantine-color-error': colors.red[4],
  },
})
