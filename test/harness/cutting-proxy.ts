import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { MessageSplitter, readCommand, type WireCommand, type WireMessage } from './mongo-messages.ts';

/** The command at which the line is cut; `nth` counts those that match from the moment of asking, 1 unless told. */
export interface CutPoint {
  command: string;
  /** Its own collection, or for a commit one that its transaction has written to. */
  collection?: string;
  nth?: number;
  /** `before`: the server never hears of it. `after`: the server has done it, and its answer never arrives. */
  side: 'before' | 'after';
}

interface Armed {
  point: CutPoint;
  left: number;
  struck(): void;
}

interface Line {
  client: Socket;
  server: Socket;
  /** The request whose answer is to be lost, with who waits for that. */
  doomed: { requestId: number; struck(): void } | null;
}

/**
 * A line to MongoDB that can be cut, wholly or at an exact command: then every connection through this proxy breaks at once, as
 * when a cable is pulled. Clients must come with `directConnection`, or they go past it.
 */
export class CuttingProxy {
  /** For clients. */
  readonly uri: string;
  /** How often the line was cut. */
  cuts = 0;
  private readonly lines = new Set<Line>();
  private readonly armed = new Set<Armed>();
  /** What a session's transactions have written to since its last commit. */
  private readonly written = new Map<string, Set<string>>();
  private refusing = false;
  private holding = false;
  private readonly server: ReturnType<typeof createServer>;
  private readonly target: URL;

  private constructor(target: URL, server: ReturnType<typeof createServer>) {
    this.target = target;
    this.server = server;
    this.uri = `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/?directConnection=true`;
  }

  static async open(mongoUri: string): Promise<CuttingProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new CuttingProxy(new URL(mongoUri), server);
    server.on('connection', (client) => proxy.admit(client));
    return proxy;
  }

  /** The address with a database in it. */
  uriOf(database: string): string {
    return this.uri.replace('/?', `/${database}?`);
  }

  /** Breaks every connection now. */
  cut(): void {
    this.cuts += 1;
    for (const { client, server } of this.lines) {
      client.destroy();
      server.destroy();
    }
    this.lines.clear();
  }

  /** Breaks every connection when the command comes by. @returns resolves when it was cut */
  cutAt(point: CutPoint): Promise<void> {
    return new Promise((struck) => this.armed.add({ point, left: point.nth ?? 1, struck }));
  }

  /** Cuts, and lets nobody in again until `accept`. */
  refuse(): void {
    this.refusing = true;
    this.cut();
  }

  accept(): void {
    this.refusing = false;
  }

  /** From now on no answer arrives, and no line breaks: as when a machine is gone without a word. */
  hold(): void {
    this.holding = true;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.refuse();
    await closed;
  }

  private admit(client: Socket): void {
    if (this.refusing) {
      client.destroy();
      return;
    }
    const server = connect(Number(this.target.port || 27017), this.target.hostname);
    const line: Line = { client, server, doomed: null };
    this.lines.add(line);
    const end = () => {
      client.destroy();
      server.destroy();
      this.lines.delete(line);
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    const requests = new MessageSplitter();
    const replies = new MessageSplitter();
    client.on('data', (chunk: Buffer) => {
      for (const message of requests.push(chunk)) this.passRequest(line, message);
    });
    server.on('data', (chunk: Buffer) => {
      for (const message of replies.push(chunk)) this.passReply(line, message);
    });
  }

  private passRequest(line: Line, message: WireMessage): void {
    if (line.client.destroyed) return;
    const command = readCommand(message);
    const met = command === null ? null : this.findArmed(command);
    if (command !== null) this.followTransaction(command);
    if (met?.point.side === 'before') {
      this.cut();
      met.struck();
      return;
    }
    if (met !== null) line.doomed = { requestId: message.requestId, struck: met.struck };
    line.server.write(message.bytes);
  }

  private passReply(line: Line, message: WireMessage): void {
    const { doomed } = line;
    if (doomed !== null && doomed.requestId === message.responseTo) {
      this.cut();
      doomed.struck();
      return;
    }
    if (!line.client.destroyed && !this.holding) line.client.write(message.bytes);
  }

  private findArmed(command: WireCommand): Armed | null {
    for (const armed of this.armed) {
      const { point } = armed;
      if (point.command !== command.name) continue;
      if (point.collection !== undefined && !this.touches(command, point.collection)) continue;
      armed.left -= 1;
      if (armed.left > 0) continue;
      this.armed.delete(armed);
      return armed;
    }
    return null;
  }

  private touches({ target, session }: WireCommand, collection: string): boolean {
    return target === collection || (session !== null && this.written.get(session)?.has(collection) === true);
  }

  private followTransaction({ name, target, session }: WireCommand): void {
    if (session === null) return;
    if (name === 'commitTransaction' || name === 'abortTransaction') this.written.delete(session);
    else if (target !== null && ['insert', 'update', 'delete', 'findAndModify'].includes(name)) {
      const touched = this.written.get(session) ?? new Set();
      this.written.set(session, touched.add(target));
    }
  }
}
