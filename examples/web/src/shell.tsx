import { AppShell, Button, Text, useMantineTheme } from '@mantine/core'
import { useDidUpdate, useDocumentTitle, useMediaQuery } from '@mantine/hooks'
import { useUnreadCount } from '@colloquy/apollo/react'
import { useRef, type RefObject } from 'react'
import { Account } from './account/account.js'
import { Access } from './admin/access.js'
import { Audit } from './admin/audit.js'
import { Desk } from './admin/desk.js'
import { ConnectionBanner } from './connection-banner.js'
import { Conversation } from './conversation/conversation.js'
import { Inbox } from './inbox/inbox.js'
import { UrgentNotifications } from './notifications/urgent-notifications.js'
import { useNotificationToasts } from './notifications/use-notification-toasts.js'
import type { DemoPerson } from './people.js'
import { useRoute, type Route } from './routes.js'
import { ShellHeader } from './shell-header.js'
import { useSignOut } from './sign-out.js'
import { strings } from './strings.js'

interface Props {
  person: DemoPerson
  onSignOut: () => void
  onSignInAgain: () => void
}

const Detail = ({ route, person }: { route: Route; person: DemoPerson }) => {
  switch (route.at) {
    case 'CONVERSATION':
      return <Conversation key={route.id} id={route.id} messageId={route.messageId} person={person} />
    case 'ACCOUNT':
      return <Account person={person} />
    case 'DESK':
      return <Desk person={person} />
    case 'AUDIT':
      return <Audit />
    case 'ACCESS':
      return <Access person={person} />
    case 'HOME':
      return (
        <Text c="dimmed" m="auto">
          {strings.shell.nothingOpened}
        </Text>
      )
  }
}

/** Whoever uses a keyboard goes on in the pane that was opened. */
const useFocusedPane = (route: Route) => {
  const list = useRef<HTMLElement>(null)
  const detail = useRef<HTMLElement>(null)
  const focus = () => {
    const pane = (route.at === 'HOME' ? list : detail).current
    // What is opened may have put the focus to a better place.
    if (!pane?.contains(document.activeElement)) pane?.focus()
  }
  useDidUpdate(focus, [route.at, route.at === 'CONVERSATION' && route.id])
  return { list, detail, focus }
}

interface PanesProps {
  person: DemoPerson
  route: Route
  list: RefObject<HTMLElement | null>
  detail: RefObject<HTMLElement | null>
}

const Panes = ({ person, route, list, detail }: PanesProps) => {
  const theme = useMantineTheme()
  // As in main.css.
  const isPhone = useMediaQuery(`(max-width: ${theme.breakpoints.sm})`, undefined, { getInitialValueInEffect: false })
  const isAlone = isPhone && route.at === 'HOME'
  return (
    <div className="panes" data-detail={route.at !== 'HOME'}>
      <div className="pane" role={isAlone ? 'main' : undefined}>
        <nav ref={list} className="pane" tabIndex={-1} aria-label={strings.shell.conversations}>
          <Inbox person={person} selected={route.at === 'CONVERSATION' ? route.id : undefined} />
        </nav>
      </div>
      <main ref={detail} className="pane" tabIndex={-1}>
        <Detail route={route} person={person} />
      </main>
    </div>
  )
}

/** Header, conversations, and what is opened beside them: on a phone one of the two. */
export const Shell = ({ person, onSignOut, onSignInAgain }: Props) => {
  const route = useRoute()
  const unread = useUnreadCount()
  const { list, detail, focus } = useFocusedPane(route)
  useDocumentTitle(strings.shell.title(unread?.messages ?? 0))
  useNotificationToasts(route)
  const { signOut, dialog } = useSignOut(onSignOut)
  return (
    <AppShell header={{ height: 56 }}>
      <Button className="skip" onClick={focus}>
        {strings.shell.skip}
      </Button>
      <ShellHeader person={person} route={route} unread={unread} onSignOut={signOut} />
      {dialog}
      <div className="shell">
        <ConnectionBanner onSignInAgain={onSignInAgain} />
        <UrgentNotifications unread={unread} onPutAway={focus} />
        <Panes person={person} route={route} list={list} detail={detail} />
      </div>
    </AppShell>
  )
}
