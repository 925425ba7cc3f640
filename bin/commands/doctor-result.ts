export interface Result {
  mark: 'ok' | 'warn' | 'fail';
  says: string;
}

export const ok = (says: string): Result => ({ mark: 'ok', says });
export const warn = (says: string): Result => ({ mark: 'warn', says });
export const fail = (says: string): Result => ({ mark: 'fail', says });
