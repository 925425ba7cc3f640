import { describe } from 'vitest';
import { announcerContract } from '../../test/contracts/announcer.contract.ts';
import { openMemoryAnnouncer } from './memory-announcer.ts';

describe('the announcer in memory keeps the announcer contract', () => {
  announcerContract(async () => {
    const announcer = openMemoryAnnouncer();
    return { announcer, other: announcer, close: announcer.close };
  });
});
