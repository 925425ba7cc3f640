import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const lookAgainMs = 100;

interface Thing {
  /** Of which its folders are named. */
  name: string;
  /** Where they lie. */
  base: string;
  patienceMs: number;
}

/**
 * A folder that is made once a run of the tests, by whoever needs it first, while the others wait. The worker processes of a run have
 * one parent; what a killed run of the same number left is cleared before the first worker starts (`run-setup.ts`).
 */
export class OnceARun {
  private readonly thing: Thing;

  constructor(thing: Thing) {
    this.thing = thing;
  }

  folderOf(runPid: number): string {
    return join(this.thing.base, `guanlan-${this.thing.name}-of-${runPid}`);
  }

  /** @param make fills the folder; nobody else has a turn in this process meanwhile */
  find(make: (folder: string) => void, runPid = process.ppid): string {
    const folder = this.folderOf(runPid);
    for (const endMs = this.deadline(); !this.isMade(folder); ) {
      if (!this.begin(folder)) {
        this.assertPatient(endMs);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookAgainMs);
        continue;
      }
      try {
        make(makingOf(folder));
        renameSync(makingOf(folder), folder);
      } catch (error) {
        giveUp(folder);
        throw error;
      }
    }
    return folder;
  }

  /** @param make as for `find`, but others have a turn */
  async findSlowly(make: (folder: string) => Promise<void>, runPid = process.ppid): Promise<string> {
    const folder = this.folderOf(runPid);
    for (const endMs = this.deadline(); !this.isMade(folder); ) {
      if (!this.begin(folder)) {
        this.assertPatient(endMs);
        await setTimeout(lookAgainMs);
        continue;
      }
      try {
        await make(makingOf(folder));
        renameSync(makingOf(folder), folder);
      } catch (error) {
        giveUp(folder);
        throw error;
      }
    }
    return folder;
  }

  /** Of a run that is over, or has not begun. */
  clear(runPid: number): void {
    for (const folder of [this.folderOf(runPid), makingOf(this.folderOf(runPid))])
      rmSync(folder, { recursive: true, force: true });
  }

  protected isMade(folder: string): boolean {
    return existsSync(folder);
  }

  /** Whether it is ours to make. Only who makes it renames it, so that what is not there now stays so until then. */
  private begin(folder: string): boolean {
    mkdirSync(this.thing.base, { recursive: true });
    try {
      mkdirSync(makingOf(folder));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
    // Another one may have finished since it was looked for.
    if (!this.isMade(folder)) return true;
    giveUp(folder);
    return false;
  }

  private deadline(): number {
    return performance.now() + this.thing.patienceMs;
  }

  private assertPatient(endMs: number): void {
    const { name, patienceMs } = this.thing;
    if (performance.now() > endMs) throw new Error(`${name} was not made within ${patienceMs} ms`);
  }
}

const makingOf = (folder: string) => `${folder}.making`;

const giveUp = (folder: string) => rmSync(makingOf(folder), { recursive: true, force: true });
