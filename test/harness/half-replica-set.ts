import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { MessageSplitter } from './mongo-messages.ts';

const opReply = 1;
const opQuery = 2004;
const opMessage = 2013;

async function listen(onSocket: (socket: Socket) => void): Promise<{ server: Server; address: string }> {
  const server = createServer(onSocket);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/**
 * A replica set of two members: a primary that says of itself what it must and answers every other command with `ok`, and one
 * that takes lines and never says a word.
 */
export class HalfReplicaSet {
  readonly hungAddress: string;
  /** For clients. */
  readonly uri: string;
  private readonly servers: Server[];
  private readonly sockets: Set<Socket>;

  private constructor(addresses: [string, string], servers: Server[], sockets: Set<Socket>) {
    this.hungAddress = addresses[1];
    this.uri = `mongodb://${addresses.join()}/?replicaSet=rs0&heartbeatFrequencyMS=500`;
    this.servers = servers;
    this.sockets = sockets;
  }

  static async open(): Promise<HalfReplicaSet> {
    const sockets = new Set<Socket>();
    const keep = (socket: Socket) => {
      socket.on('error', () => socket.destroy());
      sockets.add(socket);
    };
    let hosts: string[] = [];
    const hung = await listen(keep);
    const primary = await listen((socket) => {
      keep(socket);
      const requests = new MessageSplitter();
      socket.on('data', (chunk: Buffer) => {
        for (const { bytes } of requests.push(chunk)) socket.write(answer(bytes, hosts));
      });
    });
    hosts = [primary.address, hung.address];
    return new HalfReplicaSet([primary.address, hung.address], [primary.server, hung.server], sockets);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(this.servers.map((server) => once(server.close(), 'close')));
  }
}

function describePrimary(hosts: string[]): BSON.Document {
  return {
    isWritablePrimary: true,
    ismaster: true,
    setName: 'rs0',
    setVersion: 1,
    me: hosts[0],
    primary: hosts[0],
    hosts,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: 21,
    ok: 1,
  };
}

/** Every answer describes the primary: whoever asked something else looks at `ok` alone. */
function answer(request: Buffer, hosts: string[]): Buffer {
  const body = BSON.serialize(describePrimary(hosts));
  const isFirst = request.readInt32LE(12) === opQuery;
  // After the header: flags, cursor, start and count of the old form; flags and the kind of the section of the new one.
  const head = Buffer.alloc(isFirst ? 36 : 21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(request.readInt32LE(4), 8);
  head.writeInt32LE(isFirst ? opReply : opMessage, 12);
  if (isFirst) head.writeInt32LE(1, 32);
  return Buffer.concat([head, body]);
}
