import type { FileScanner } from './file-scanner.js'
import type { FileClaim, FileInspector, Inspection } from './inspection.js'

/** Nothing is read for what it holds before the scanner has seen it. */
export class ScannedInspector implements FileInspector {
  constructor(
    private readonly scanner: FileScanner,
    private readonly inspector: FileInspector,
  ) {}

  async inspect(path: string, claim: FileClaim, workFolder: string): Promise<Inspection> {
    const found = await this.scanner.scan(path)
    if (found === 'INFECTED') return { verdict: 'REJECTED', rejection: 'MALWARE' }
    return this.inspector.inspect(path, claim, workFolder)
  }

  stop(): Promise<void> {
    return this.inspector.stop()
  }
}
