import type { Announcement, Announcer } from '../ports/announcer.ts';

export type AnnouncementHandler = (event: Announcement) => void;

/** Each gets a copy; one who throws keeps nobody else from hearing it. */
export function tellAll(handlers: Iterable<AnnouncementHandler>, event: Announcement): void {
  for (const handler of [...handlers]) {
    try {
      handler({ ...event });
    } catch {
      // Lost on this one, as a message may be.
    }
  }
}

/** For everything in one process. */
export function openMemoryAnnouncer(): Announcer {
  const handlers = new Map<symbol, AnnouncementHandler>();
  return {
    announce: (event) => {
      const { topic, subject } = event;
      queueMicrotask(() => tellAll(handlers.values(), { topic, subject }));
    },
    listen: (handler) => {
      const place = Symbol();
      handlers.set(place, handler);
      return () => void handlers.delete(place);
    },
    close: async () => handlers.clear(),
  };
}
