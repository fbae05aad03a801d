/** What this process takes of uploads. */
export class UploadTraffic {
  /** Requests that bring bytes at present. */
  underWay = 0
  /** Stored since the start. */
  bytes = 0
}
