/** Looks for malware. */
export interface FileScanner {
  /** Throws where it could not be found out. */
  scan(path: string): Promise<'CLEAN' | 'INFECTED'>
  answers(): Promise<boolean>
}
