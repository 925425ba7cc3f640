export interface Migration {
  number: number;
  name: string;
  sql: string;
}
