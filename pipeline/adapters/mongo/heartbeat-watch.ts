import type { MongoClient } from 'mongodb';

/**
 * Frees a client whose monitor is stuck. When every line to a server breaks in the instant in which the driver (7.9) sends its
 * next heartbeat, that heartbeat neither ends nor times out, and the client never finds the server again; servers that do
 * not push their state, as compatible ones, are prone to it. A heartbeat that has neither ended nor failed opens the client
 * anew; the collections and stores that were made of it stay good.
 * @param patienceMs longer than a heartbeat takes to fail by itself (the client's connectTimeoutMS), or one silent member
 *   closes a client whose primary is well
 */
export function watchHeartbeats(client: MongoClient, patienceMs: number): void {
  const alarms = new Map<string, NodeJS.Timeout>();
  const close = client.close.bind(client);
  let ended = false;
  client.close = (...parameters: Parameters<typeof close>) => {
    ended = true;
    return close(...parameters);
  };
  const calm = (address: string) => {
    clearTimeout(alarms.get(address));
    alarms.delete(address);
  };
  const alarm = (address: string) => {
    calm(address);
    alarms.set(address, setTimeout(() => void reopen(address), patienceMs).unref());
  };
  const reopen = async (address: string) => {
    if (ended) return;
    try {
      await close();
      if (!ended) await client.connect();
      if (ended) await close();
    } catch {
      alarm(address);
    }
  };
  client.on('serverHeartbeatStarted', ({ connectionId, awaited }) => {
    if (awaited) calm(connectionId);
    else alarm(connectionId);
  });
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => calm(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId }) => calm(connectionId));
  client.on('serverClosed', ({ address }) => calm(address));
}
