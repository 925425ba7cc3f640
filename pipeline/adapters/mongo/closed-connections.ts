import { createRequire } from 'node:module';
import { MongoNetworkError } from 'mongodb';

/** As much of the driver's connection as is needed; none of it is its public interface. */
interface DriverConnection {
  socket: { destroyed: boolean };
  once(event: 'close', listener: () => void): void;
  off(event: 'close', listener: () => void): void;
  onError(error: Error): void;
}
type WriteCommand = (this: DriverConnection, ...parameters: unknown[]) => Promise<void>;

const mended = Symbol('writes fail when their connection closes');

/**
 * The driver (7.9) waits for a socket to drain, and hears nothing when it closes instead: a command that is written while the
 * line is being cut never ends, and if it is the monitor's own, the process finds no server again until it is started anew.
 * Here such a write fails as any other on a broken line, and is tried again.
 */
export function mendClosedConnections(): void {
  const { Connection } = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
    Connection: { prototype: { writeCommand?: WriteCommand; [mended]?: true } };
  };
  const { prototype } = Connection;
  const write = prototype.writeCommand;
  if (write === undefined || prototype[mended]) return;
  prototype[mended] = true;
  prototype.writeCommand = function (...parameters) {
    return writeWhileOpen(this, () => write.apply(this, parameters));
  };
}

async function writeWhileOpen(connection: DriverConnection, write: () => Promise<void>): Promise<void> {
  const closed = new MongoNetworkError('the connection closed while a command was being written');
  if (connection.socket.destroyed) {
    connection.onError(closed);
    throw closed;
  }
  let onClose = () => {};
  const closing = new Promise<never>((_settle, fail) => {
    onClose = () => fail(closed);
    connection.once('close', onClose);
  });
  try {
    await Promise.race([write(), closing]);
  } finally {
    connection.off('close', onClose);
  }
}
