import type { FastifyReply } from 'fastify'

/** An answer to who asks for a file or brings one: for people, as text. */
export interface PlainAnswer {
  status: number
  text: string
}

export const AWAY: PlainAnswer = { status: 503, text: 'Try again later.' }
export const BROKEN: PlainAnswer = { status: 500, text: 'Something went wrong.' }

export const answerPlainly = (reply: FastifyReply, { status, text }: PlainAnswer): FastifyReply =>
  reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`)
