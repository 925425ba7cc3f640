import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy as a school has one: our pages stand below `basePath`, among others. It streams, and says who asked. */
interface FrontDoor {
  origin: string;
  /** Where what is asked for is sent on to. */
  target: string;
  close(): Promise<void>;
}

/** @param strips takes the path off before it sends on */
export async function startProxy(basePath: string, strips: boolean): Promise<FrontDoor> {
  const door: FrontDoor = { origin: '', target: '', close: async () => {} };
  const pass = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    if (!path.startsWith(basePath)) return void response.writeHead(404).end('another site of the school');
    const sentOn = strips ? path.slice(basePath.length) || '/' : path;
    const forwarded = { ...request.headers, 'x-forwarded-for': request.socket.remoteAddress ?? '' };
    const options = { method: request.method ?? 'GET', headers: { ...forwarded, host: 'inside:3000' } };
    const behind = httpRequest(new URL(sentOn, door.target), options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
    });
    behind.on('error', () => response.destroy());
    request.pipe(behind);
    response.on('close', () => behind.destroy());
  };
  const server: Server = createServer(pass);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  door.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  door.close = () =>
    new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return door;
}
