import type { Migration } from '../app/migrate.ts'

export const catalog: Migration = {
  number: 4,
  name: 'catalog',
  statements: [
    `CREATE TABLE products (
       id text COLLATE "C" PRIMARY KEY,
       title text NOT NULL,
       newest_edition int8 NOT NULL,
       published_at int8 NOT NULL
     )`,
    `CREATE TABLE editions (
       product text COLLATE "C" NOT NULL REFERENCES products,
       edition int8 NOT NULL,
       hash text NOT NULL,
       title text NOT NULL,
       terms text NOT NULL,
       source text NOT NULL,
       published_at int8 NOT NULL,
       published_by text NOT NULL,
       PRIMARY KEY (product, edition)
     )`,
  ],
}
