import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './main.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { createRoot } from 'react-dom/client'
import { App } from './app.js'
import { cssVariables, theme } from './theme.js'

const root = document.querySelector('#root')
if (root)
  createRoot(root).render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      {/* Below the header, and on a phone below that of a conversation. */}
      <Notifications position="top-right" mt={{ base: 112, sm: 56 }} />
      <App />
    </MantineProvider>,
  )
