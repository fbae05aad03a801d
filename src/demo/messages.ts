import { ana, ben, drChen, drDiaz, type DemoPerson } from './people.js'

/** The group of those who care for Ben, and Ben's conversation with the support desk. */
export type DemoRoom = 'CARE_TEAM' | 'DESK'

export interface DemoMessage {
  /** What the sender's client would call it: a second start sends nothing twice. */
  key: string
  from: DemoPerson
  /** Whom it is for in their own conversation, or the room that it goes into. */
  to: DemoPerson | DemoRoom
  body: string
  /** The key of an earlier message. */
  answers?: string
  reaction?: { by: DemoPerson; emoji: string }
}

export const careTeam = {
  title: 'Ben’s knee: care team',
  description: 'Everybody who looks after Ben’s knee, and Ben.',
  members: [drDiaz, drChen, ben],
}

/** In this order, which is that of the conversations, too. */
export const demoMessages: DemoMessage[] = [
  {
    key: 'demo-desk-1',
    from: ben,
    to: 'DESK',
    body: 'Hello, I changed my bank account. Where do I enter the new one?',
  },
  { key: 'demo-desk-2', from: ben, to: 'DESK', body: 'It is for the refund of last week’s appointment.' },
  {
    key: 'demo-skin-1',
    from: ben,
    to: drChen,
    body: 'The mole that you looked at in May: shall I come again this year?',
  },
  {
    key: 'demo-skin-2',
    from: drChen,
    to: ben,
    body: 'Yes, please, in November. It was harmless, and we keep an eye on it.',
  },
  { key: 'demo-knee-1', from: drDiaz, to: ben, body: 'How did the first week of exercises go?' },
  {
    key: 'demo-knee-2',
    from: ben,
    to: drDiaz,
    body: 'Stairs are fine now. Kneeling still hurts, mostly in the morning.',
  },
  {
    key: 'demo-knee-3',
    from: drDiaz,
    to: ben,
    body: 'That is more than I hoped for. Leave out the kneeling one, and do the other two twice a day.',
    answers: 'demo-knee-2',
    reaction: { by: ben, emoji: '💪' },
  },
  {
    key: 'demo-team-1',
    from: drDiaz,
    to: 'CARE_TEAM',
    body: 'Ben can climb stairs again. Mei, may he go back to swimming?',
  },
  {
    key: 'demo-team-2',
    from: drChen,
    to: 'CARE_TEAM',
    body: 'The skin has healed. From my side, yes: crawl, and no breaststroke yet.',
    answers: 'demo-team-1',
    reaction: { by: drDiaz, emoji: '👍' },
  },
  { key: 'demo-team-3', from: ben, to: 'CARE_TEAM', body: 'Wonderful! I start on Saturday.' },
  {
    key: 'demo-rash-1',
    from: ana,
    to: drChen,
    body: 'Good morning. The rash is back since yesterday, on the left arm.',
  },
  {
    key: 'demo-rash-2',
    from: drChen,
    to: ana,
    body: 'Good morning, Ana. Is it where it was last time, and does it itch?',
  },
  { key: 'demo-rash-3', from: ana, to: drChen, body: 'The same place, and only at night.', answers: 'demo-rash-2' },
  {
    key: 'demo-rash-4',
    from: drChen,
    to: ana,
    body: 'Then use the cream from March again, thinly, in the evening.\nPlease send me a photo of it tomorrow.',
    reaction: { by: ana, emoji: '👍' },
  },
  { key: 'demo-rash-5', from: ana, to: drChen, body: 'I will. Do you have time for a video call on Thursday?' },
]
