import { buildServices, type Overrides } from './build-services.js'
import { closeAll, orClose } from './close-all.js'
import type { Config } from './config.js'
import { openBase } from './open-base.js'
import { toDomainError } from './persistence/database-errors.js'
import type { Services } from './services.js'
import { loadSecret } from './transport/secret.js'
import { Server } from './transport/server.js'
import { StandingWatch } from './transport/standing-watch.js'
import { JwtVerifier } from './transport/token-verifier.js'

export interface App {
  /** Once it listens. */
  readonly url: string
  readonly services: Services
  start(): Promise<void>
  /** Finishes what runs, 10 s at most. */
  stop(): Promise<void>
}

/** Where neither is configured, outside production, a secret is made and kept. */
const verifierOf = (config: Config) => {
  const { jwt } = config
  const configured = jwt.secret ?? jwt.publicKey ?? jwt.jwksUrl
  return new JwtVerifier(configured === undefined ? { ...jwt, secret: loadSecret(config) } : jwt)
}

/** Nothing is shared between two apps of a process. */
export const createApp = async (config: Config, overrides: Overrides = {}): Promise<App> => {
  const tokens = verifierOf(config)
  const base = await openBase(config, overrides)
  const { services, background } = buildServices(base, overrides, tokens)
  const standings = new StandingWatch(services)
  const { notifier, emergencyWatch, pushWorker, inspectionWorker, notificationWatch } = background
  const { presence, presenceWatcher, typing, calls, inboxes, feeds, metrics, audit, jobs } = services
  const { grantWatch, attachmentWatch, walletWatch } = services
  const stopParts = [
    () => standings.stop(),
    () => jobs.stop(),
    () => notifier.stop(),
    () => emergencyWatch.stop(),
    () => pushWorker.stop(),
    () => inspectionWorker.stop(),
    () => notificationWatch.stop(),
    () => grantWatch.stop(),
    () => attachmentWatch.stop(),
    () => walletWatch.stop(),
    () => typing.stop(),
    () => calls.stop(),
    () => presence.stop(),
    () => presenceWatcher.stop(),
    () => inboxes.stop(),
    () => feeds.stop(),
    () => metrics.stop(),
    () => audit.stop(),
    () => base.close(),
  ]
  const watches = [notificationWatch, grantWatch, attachmentWatch, walletWatch]
  const looking = [standings, feeds, inboxes, presenceWatcher, calls, ...watches]
  const working = [audit, notifier, emergencyWatch, pushWorker, inspectionWorker, jobs]
  const creation = Server.create(services, error => toDomainError(error) ?? undefined)
  const server = await orClose(creation, () => closeAll(stopParts, base.logger))
  let closing: Promise<void> | undefined
  return {
    services,
    get url() {
      return server.url
    },
    start: async () => {
      await presence.start()
      for (const part of [...looking, ...working]) part.start()
      await server.listen()
    },
    stop: () => (closing ??= closeAll([() => server.drain(), ...stopParts], base.logger)),
  }
}
