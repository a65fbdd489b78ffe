import { EventEmitter, once } from 'node:events';
import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** For tests: reads a stream of Server-Sent Events as clients do, and remembers what it is told. */
export class EventReader {
  readonly response: Response;
  readonly events: EventSourceMessage[] = [];
  comments = 0;
  /** Milliseconds after which the client is to come back. */
  retry = 0;
  /** Resolves when the stream has ended: in order, or cut off. */
  readonly ended: Promise<'in order' | 'cut'>;
  readonly #arrivals = new EventEmitter();
  readonly #abort: () => void;
  #over: boolean;

  private constructor(response: Response, abort: () => void) {
    this.response = response;
    this.#abort = abort;
    this.#over = response.status !== 200;
    // A problem is left to who reads the response.
    this.ended = this.#over ? Promise.resolve('in order') : this.#read();
  }

  static async open(url: string, headers: Record<string, string>): Promise<EventReader> {
    const controller = new AbortController();
    const response = await fetch(url, { headers, signal: controller.signal });
    return new EventReader(response, () => controller.abort());
  }

  /** What the events say, in order. */
  get data(): unknown[] {
    return this.events.map(({ data }) => JSON.parse(data));
  }

  /** The id to come back with. */
  get lastId(): string | undefined {
    return this.events.findLast(({ id }) => id !== undefined)?.id;
  }

  /** Resolves when what was told is enough. Rejects where the stream ends before. */
  async until(isEnough: () => unknown): Promise<void> {
    while (!isEnough()) {
      if (this.#over) throw new Error(`the stream ended after ${JSON.stringify(this.events)}`);
      await once(this.#arrivals, 'arrival');
    }
  }

  close(): void {
    this.#abort();
  }

  async #read(): Promise<'in order' | 'cut'> {
    const parser = createParser({
      onEvent: (event) => void this.events.push(event),
      onComment: () => {
        this.comments += 1;
      },
      onRetry: (milliseconds) => {
        this.retry = milliseconds;
      },
    });
    try {
      const decoder = new TextDecoder();
      for await (const bytes of this.response.body ?? []) {
        parser.feed(decoder.decode(bytes as Uint8Array, { stream: true }));
        this.#arrivals.emit('arrival');
      }
      return 'in order';
    } catch {
      return 'cut';
    } finally {
      this.#over = true;
      this.#arrivals.emit('arrival');
    }
  }
}
