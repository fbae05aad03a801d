import {
  ActionIcon,
  AppShell,
  Avatar,
  Button,
  Group,
  Menu,
  Text,
  Title,
  UnstyledButton,
  VisuallyHidden,
  useMantineColorScheme,
} from '@mantine/core'
import type { MantineColorScheme } from '@mantine/core'
import {
  IconArrowLeft,
  IconListSearch,
  IconHeadset,
  IconKey,
  IconLogout,
  IconSunMoon,
  IconUser,
} from '@tabler/icons-react'
import type { UnreadState } from '@colloquy/apollo'
import { NotificationButton } from './notifications/notification-button.js'
import type { DemoPerson } from './people.js'
import { rolesText } from './roles-text.js'
import { paths, type Route } from './routes.js'
import { strings } from './strings.js'

const SCHEMES: MantineColorScheme[] = ['light', 'dark', 'auto']

const isScheme = (value: string): value is MantineColorScheme => SCHEMES.some(scheme => scheme === value)

const ColorScheme = () => {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" aria-label={strings.shell.colorScheme}>
          <IconSunMoon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={strings.shell.colorScheme}>
        <Menu.RadioGroup value={colorScheme} onChange={value => isScheme(value) && setColorScheme(value)}>
          {SCHEMES.map(scheme => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {strings.shell.colorSchemes[scheme]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

const ADMIN_PAGES = [
  { at: 'DESK', path: paths.desk, text: strings.shell.desk, Icon: IconHeadset },
  { at: 'AUDIT', path: paths.audit, text: strings.shell.audit, Icon: IconListSearch },
  { at: 'ACCESS', path: paths.access, text: strings.shell.access, Icon: IconKey },
] as const

interface PersonProps {
  person: DemoPerson
  onSignOut: () => void
}

const PersonMenu = ({ person, onSignOut }: PersonProps) => (
  <Menu position="bottom-end" width={240} withinPortal={false}>
    <Menu.Target>
      <UnstyledButton>
        <VisuallyHidden>{strings.shell.person(person.displayName)}</VisuallyHidden>
        <Group gap="xs" wrap="nowrap" aria-hidden>
          <Avatar name={person.displayName} />
          <Text visibleFrom="md">{person.displayName}</Text>
        </Group>
      </UnstyledButton>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Label>
        {person.displayName}, {rolesText(person)}
      </Menu.Label>
      {person.roles.includes('ADMIN') &&
        ADMIN_PAGES.map(({ at, path, text, Icon }) => (
          <Menu.Item key={at} component="a" href={path} leftSection={<Icon size={18} />} hiddenFrom="sm">
            {text}
          </Menu.Item>
        ))}
      <Menu.Item component="a" href={paths.account} leftSection={<IconUser size={18} />}>
        {strings.shell.account}
      </Menu.Item>
      <Menu.Item leftSection={<IconLogout size={18} />} onClick={onSignOut}>
        {strings.signIn.signOut}
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
)

const AdminPages = ({ route }: { route: Route }) => (
  <Group component="nav" gap="xs" visibleFrom="sm" wrap="nowrap" aria-label={strings.shell.administration}>
    {ADMIN_PAGES.map(({ at, path, text }) => (
      <Button
        key={at}
        component="a"
        href={path}
        variant={route.at === at ? 'light' : 'subtle'}
        aria-current={route.at === at ? 'page' : undefined}
      >
        {text}
      </Button>
    ))}
  </Group>
)

interface Props extends PersonProps {
  route: Route
  unread: UnreadState | null
}

export const ShellHeader = ({ person, route, unread, onSignOut }: Props) => (
  <AppShell.Header>
    <Group h="100%" px="md" gap="xs" wrap="nowrap">
      {route.at !== 'HOME' && (
        <ActionIcon
          component="a"
          href={paths.home}
          variant="subtle"
          size="lg"
          hiddenFrom="sm"
          aria-label={strings.common.back}
        >
          <IconArrowLeft />
        </ActionIcon>
      )}
      <Title order={1} size="h4" me="auto">
        {strings.common.title}
      </Title>
      {person.roles.includes('ADMIN') && <AdminPages route={route} />}
      <NotificationButton unread={unread} />
      <ColorScheme />
      <PersonMenu person={person} onSignOut={onSignOut} />
    </Group>
  </AppShell.Header>
)
