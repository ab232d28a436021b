/** The queue did not answer when the server started. */
export class QueueUnreachable extends Error {
  override readonly name = "QueueUnreachable";
  readonly reason: string;

  constructor(reason: string) {
    super(`the queue cannot be reached: ${reason}`);
    this.reason = reason;
  }
}
