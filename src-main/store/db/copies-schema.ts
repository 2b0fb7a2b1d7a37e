/** The 16th and the 18th migration: tables and triggers of copies (store/copies). A migration that has shipped never changes. */
export const copiesSchema = `
  -- Articles with the same number are copies of one another: the id of the first of them, there still or not.
  ALTER TABLE articles ADD COLUMN copy_group INTEGER;
  CREATE INDEX articles_by_copy_group ON articles (copy_group, id) WHERE copy_group IS NOT NULL;
  CREATE INDEX copies_by_date ON articles (published_at, copy_group, is_read) WHERE copy_group IS NOT NULL AND is_hidden = 0;
  CREATE INDEX copies_saved ON articles (copy_group, is_read) WHERE copy_group IS NOT NULL AND is_saved = 1;

  -- The links of the articles of the last weeks, as hashes, by which copies are found.
  CREATE TABLE copy_links (link INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY (link, article_id)) STRICT, WITHOUT ROWID;

  -- Of each group the feeds whose article is listed, and those where it is unread: JSON arrays, ascending. And how many
  -- groups have the same feeds: from this, what is counted twice in any selection of feeds follows.
  CREATE TABLE copy_groups (id INTEGER PRIMARY KEY, listed TEXT NOT NULL, unread TEXT NOT NULL) STRICT;
  CREATE TABLE copy_counts (feeds TEXT PRIMARY KEY, listed INTEGER NOT NULL, unread INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TRIGGER group_new_copy AFTER INSERT ON articles WHEN new.copy_group IS NOT NULL BEGIN
    INSERT INTO copy_groups (id, listed, unread) VALUES (new.copy_group, '', '') ON CONFLICT DO NOTHING;
    UPDATE copy_groups SET (listed, unread) = (
        SELECT json_group_array(feed_id ORDER BY feed_id) FILTER (WHERE is_hidden = 0),
          json_group_array(feed_id ORDER BY feed_id) FILTER (WHERE is_hidden = 0 AND is_read = 0)
        FROM articles WHERE copy_group = new.copy_group)
      WHERE id = new.copy_group;
  END;
  CREATE TRIGGER group_changed_copy AFTER UPDATE OF is_read, is_hidden, feed_id, copy_group ON articles
  WHEN old.copy_group IS NOT NULL OR new.copy_group IS NOT NULL BEGIN
    INSERT INTO copy_groups (id, listed, unread) SELECT new.copy_group, '', '' WHERE new.copy_group IS NOT NULL
      ON CONFLICT DO NOTHING;
    UPDATE copy_groups SET (listed, unread) = (
        SELECT json_group_array(feed_id ORDER BY feed_id) FILTER (WHERE is_hidden = 0),
          json_group_array(feed_id ORDER BY feed_id) FILTER (WHERE is_hidden = 0 AND is_read = 0)
        FROM articles WHERE copy_group = copy_groups.id)
      WHERE id IN (old.copy_group, new.copy_group);
  END;
  CREATE TRIGGER group_deleted_copy AFTER DELETE ON articles WHEN old.copy_group IS NOT NULL BEGIN
    UPDATE copy_groups SET (listed, unread) = (
        SELECT json_group_array(feed_id ORDER BY feed_id) FILTER (WHERE is_hidden = 0),
          json_group_array(feed_id ORDER BY feed_id) FILTER (WHERE is_hidden = 0 AND is_read = 0)
        FROM articles WHERE copy_group = old.copy_group)
      WHERE id = old.copy_group;
    DELETE FROM copy_groups WHERE id = old.copy_group
      AND NOT EXISTS (SELECT 1 FROM articles WHERE copy_group = old.copy_group);
  END;

  CREATE TRIGGER count_changed_group AFTER UPDATE OF listed, unread ON copy_groups
  WHEN old.listed <> new.listed OR old.unread <> new.unread BEGIN
    UPDATE copy_counts SET listed = listed - 1 WHERE feeds = old.listed;
    UPDATE copy_counts SET unread = unread - 1 WHERE feeds = old.unread;
    DELETE FROM copy_counts WHERE feeds IN (old.listed, old.unread) AND listed = 0 AND unread = 0;
    -- An array of one has no comma: nothing is counted twice.
    INSERT INTO copy_counts (feeds, listed, unread) SELECT new.listed, 1, 0 WHERE new.listed GLOB '*,*'
      ON CONFLICT (feeds) DO UPDATE SET listed = listed + 1;
    INSERT INTO copy_counts (feeds, listed, unread) SELECT new.unread, 0, 1 WHERE new.unread GLOB '*,*'
      ON CONFLICT (feeds) DO UPDATE SET unread = unread + 1;
  END;
  CREATE TRIGGER count_deleted_group AFTER DELETE ON copy_groups BEGIN
    UPDATE copy_counts SET listed = listed - 1 WHERE feeds = old.listed;
    UPDATE copy_counts SET unread = unread - 1 WHERE feeds = old.unread;
    DELETE FROM copy_counts WHERE feeds IN (old.listed, old.unread) AND listed = 0 AND unread = 0;
  END;
  `

export const sketchesSchema = `
  -- Of the articles of the last days: 64 numbers of 16 bits, of the machine's byte order; none of a short text.
  CREATE TABLE copy_sketches (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    sketch BLOB NOT NULL
  ) STRICT;
`
