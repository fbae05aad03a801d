import jwt from 'jsonwebtoken'
import { randomUUID } from 'node:crypto'

export interface Person {
  id: string
  token: string
}

export interface Conversation {
  id: string
  people: Person[]
}

/** What there is before the load begins. */
export interface Shape {
  conversations: number
  /** In each. */
  people: number
  /** In each. */
  messages: number
  /** How old they are at least. */
  daysOld?: number
  /** Who share the conversations out among themselves; as many as conversations unless given. */
  professionals?: number
  /** Whether what was said are drawn words, some more common than others, and not the same sentence. */
  words?: boolean
}

export const WORDS = 20_000

/** The less the number, the more common. */
export const wordOf = (number: number): string => [...String(number)].map(digit => 'abcdefghij'[Number(digit)]).join('')

export const JWT_SECRET = 'a secret for measuring, of more than thirty-two characters'

const person = (id: string, role: string): Person => ({
  id,
  token: jwt.sign({ roles: [role] }, JWT_SECRET, { subject: id, expiresIn: '12h' }),
})

/** The first is a professional, all others are patients. */
export const inventConversations = ({
  conversations,
  people,
  professionals = conversations,
}: Shape): Conversation[] => {
  const carers = Array.from({ length: professionals }, (_, index) => person(`bench-carer-${index}`, 'professional'))
  return Array.from({ length: conversations }, (_, index) => ({
    id: randomUUID(),
    people: [
      carers[index % professionals]!,
      ...Array.from({ length: people - 1 }, (_, place) => person(`bench-patient-${index}-${place}`, 'patient')),
    ],
  }))
}
