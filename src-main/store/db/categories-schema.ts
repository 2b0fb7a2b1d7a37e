/** The 19th migration: which categories were used lately (store/categories). A migration that has shipped never changes. */
export const categoriesSchema = `
  -- When a feed last used a category, by its key (api/categories/names.ts), and how it spelled it then. The last weeks only.
  CREATE TABLE recent_categories (
    key TEXT NOT NULL,
    feed_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (key, feed_id)
  ) STRICT, WITHOUT ROWID;

  -- Of the articles that are there, the later ones are read while nothing else is done.
  INSERT INTO facts (name, value) SELECT 'categoriesNotedFrom', MAX(id) + 1 FROM articles HAVING MAX(id) IS NOT NULL;
`
