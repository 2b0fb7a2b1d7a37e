import { categoriesSchema } from './categories-schema.ts'
import { copiesSchema, sketchesSchema } from './copies-schema.ts'
import { mailSchema } from './mail-schema.ts'

// Append only. A migration that has shipped never changes.
export const migrations = [
  // 1: the first schema.
  `
  CREATE TABLE folders (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES folders(id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE feeds (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    custom_title TEXT,
    site_url TEXT,
    description TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    folder_id INTEGER REFERENCES folders(id) ON DELETE SET NULL,
    position INTEGER NOT NULL DEFAULT 0,
    added_at INTEGER NOT NULL,
    -- host:port the user allowed although it is on this machine or a private network
    private_host TEXT,
    -- how to ask this feed's server, where the user said so; credentials are sealed (secrets.ts)
    credentials BLOB,
    proxy TEXT,
    user_agent TEXT,
    icon_version TEXT,
    -- unsubscribed: the row stays for its saved articles, for undo and for subscribing again
    removed_at INTEGER,
    paused TEXT CHECK (paused IN ('by-user', 'gone')),
    moved_from TEXT,
    last_checked_at INTEGER,
    last_success_at INTEGER,
    next_check_at INTEGER,
    failing_since INTEGER,
    failure TEXT,
    -- what the poller remembers of this feed's server: validators, hints, proofs (poll-memory.ts), JSON
    poll_memory TEXT
  ) STRICT;
  CREATE INDEX feeds_due ON feeds (next_check_at) WHERE removed_at IS NULL AND paused IS NULL;

  -- Hosts that asked us to stay away.
  CREATE TABLE hosts (host TEXT PRIMARY KEY, held_until INTEGER NOT NULL, refusals INTEGER NOT NULL DEFAULT 1) STRICT, WITHOUT ROWID;

  -- Narrow rows: what a list shows and what a reader did. Text and HTML are in contents.
  CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id INTEGER NOT NULL REFERENCES feeds(id),
    guid TEXT,
    url TEXT,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    summary TEXT NOT NULL,
    image TEXT,
    published_at INTEGER NOT NULL,
    first_seen_at INTEGER NOT NULL,
    is_read INTEGER NOT NULL DEFAULT 0,
    is_saved INTEGER NOT NULL DEFAULT 0,
    saved_at INTEGER,
    -- its feed is unsubscribed: listed under Saved only
    is_hidden INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX articles_by_date ON articles (published_at DESC, id DESC) WHERE is_hidden = 0;
  CREATE INDEX articles_by_feed ON articles (feed_id, published_at DESC, id DESC);
  CREATE INDEX articles_unread ON articles (published_at DESC, id DESC) WHERE is_read = 0 AND is_hidden = 0;
  CREATE INDEX articles_unread_by_feed ON articles (feed_id, published_at DESC, id DESC) WHERE is_read = 0 AND is_hidden = 0;
  CREATE INDEX articles_saved ON articles (published_at DESC, id DESC) WHERE is_saved = 1;
  CREATE INDEX articles_hidden ON articles (feed_id) WHERE is_hidden = 1;

  -- How an article is recognised when it comes again (identity.ts). Outlives the article: what was deleted stays known.
  -- article_id 0: a link that several articles of the feed share, so that it tells nothing.
  CREATE TABLE identities (
    feed_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('guid', 'link', 'print')),
    key TEXT NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (feed_id, kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX identities_by_article ON identities (article_id);

  CREATE TABLE contents (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    -- compressed, packed-text.ts
    html BLOB NOT NULL,
    media TEXT NOT NULL,
    categories TEXT NOT NULL,
    enclosures TEXT NOT NULL,
    comments_url TEXT,
    updated_at INTEGER,
    -- hashes that tell an edit from a repetition: of all that is stored here, and of what a reader would notice
    hash TEXT NOT NULL,
    visible_hash TEXT NOT NULL
  ) STRICT;

  -- What an article said before its publisher edited it.
  CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    replaced_at INTEGER NOT NULL,
    title TEXT NOT NULL,
    html BLOB NOT NULL
  ) STRICT;
  CREATE INDEX revisions_by_article ON revisions (article_id);

  CREATE TABLE icons (
    feed_id INTEGER PRIMARY KEY REFERENCES feeds(id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    source_url TEXT,
    checked_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- What the user did and can take back.
  CREATE TABLE undos (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL) STRICT;
  `,
  // 2: a list of 10,000 feeds took half a minute to import: each looked through all before it for its place.
  `
  CREATE INDEX feeds_by_position ON feeds (position);
  CREATE INDEX folders_by_position ON folders (position);
  CREATE INDEX folders_by_title ON folders (parent_id, title);
  `,
  // 3: retention: how long articles stay, what was deleted, and what the program remembers of itself.
  `
  ALTER TABLE feeds ADD COLUMN retention TEXT;

  -- What retention deleted. identities still knows these articles, so that they do not come back; when their feed has not
  -- told them for long, both are forgotten.
  CREATE TABLE tombstones (
    article_id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL,
    deleted_at INTEGER NOT NULL,
    last_told_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX tombstones_by_age ON tombstones (last_told_at);

  -- Facts of the program's own, one JSON value per name: which database this is, what was recovered...
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // 4: marking 100,000 articles is many transactions, so that other windows are answered in between; each leaves its part.
  `
  CREATE TABLE undo_parts (
    id INTEGER PRIMARY KEY,
    undo_id INTEGER NOT NULL REFERENCES undos(id) ON DELETE CASCADE,
    payload TEXT NOT NULL
  ) STRICT;
  CREATE INDEX undo_parts_by_undo ON undo_parts (undo_id);
  `,
  // 5: which database this is. A restored one gets another mark (backups): ids of the two are not to be mixed up.
  `
  INSERT INTO facts (name, value) VALUES ('lineage', json_quote(lower(hex(randomblob(16)))));
  `,
  // 6: the unread of each feed were counted by walking over all of them: 30 ms with 300,000, at every click. SQLite itself
  // keeps these, in the transaction that changes an article, whoever changes it.
  `
  CREATE TABLE feed_counts (
    feed_id INTEGER PRIMARY KEY REFERENCES feeds(id) ON DELETE CASCADE,
    listed INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    saved INTEGER NOT NULL
  ) STRICT;
  INSERT INTO feed_counts (feed_id, listed, unread, saved)
    SELECT id,
      (SELECT COUNT(*) FROM articles WHERE feed_id = feeds.id)
        - (SELECT COUNT(*) FROM articles INDEXED BY articles_hidden WHERE feed_id = feeds.id AND is_hidden = 1),
      (SELECT COUNT(*) FROM articles INDEXED BY articles_unread_by_feed
       WHERE feed_id = feeds.id AND is_read = 0 AND is_hidden = 0),
      0
    FROM feeds;
  UPDATE feed_counts SET saved = found.saved
    FROM (SELECT feed_id, COUNT(*) AS saved FROM articles INDEXED BY articles_saved WHERE is_saved = 1 GROUP BY feed_id) AS found
    WHERE found.feed_id = feed_counts.feed_id;

  CREATE TRIGGER count_new_article AFTER INSERT ON articles BEGIN
    INSERT INTO feed_counts (feed_id, listed, unread, saved)
      VALUES (new.feed_id, new.is_hidden = 0, new.is_hidden = 0 AND new.is_read = 0, new.is_saved)
      ON CONFLICT (feed_id) DO UPDATE SET
        listed = listed + excluded.listed, unread = unread + excluded.unread, saved = saved + excluded.saved;
  END;
  CREATE TRIGGER count_changed_article AFTER UPDATE OF is_read, is_saved, is_hidden, feed_id ON articles BEGIN
    UPDATE feed_counts SET
      listed = listed - (old.is_hidden = 0),
      unread = unread - (old.is_hidden = 0 AND old.is_read = 0),
      saved = saved - old.is_saved
    WHERE feed_id = old.feed_id;
    INSERT INTO feed_counts (feed_id, listed, unread, saved)
      VALUES (new.feed_id, new.is_hidden = 0, new.is_hidden = 0 AND new.is_read = 0, new.is_saved)
      ON CONFLICT (feed_id) DO UPDATE SET
        listed = listed + excluded.listed, unread = unread + excluded.unread, saved = saved + excluded.saved;
  END;
  CREATE TRIGGER count_deleted_article AFTER DELETE ON articles BEGIN
    UPDATE feed_counts SET
      listed = listed - (old.is_hidden = 0),
      unread = unread - (old.is_hidden = 0 AND old.is_read = 0),
      saved = saved - old.is_saved
    WHERE feed_id = old.feed_id;
  END;
  `,
  // 7: several articles may have one key (identity.ts): all episodes of a podcast one guid, a changelog's entries one page. Of
  // what was deleted, what tells it from another with the same key is kept.
  `
  CREATE TABLE identity_keys (
    feed_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('guid', 'link', 'print', 'title')),
    key TEXT NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (feed_id, kind, key, article_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO identity_keys (feed_id, kind, key, article_id) SELECT feed_id, kind, key, article_id FROM identities;
  DROP TABLE identities;
  ALTER TABLE identity_keys RENAME TO identities;
  CREATE INDEX identities_by_article ON identities (article_id);

  ALTER TABLE tombstones ADD COLUMN guid TEXT;
  ALTER TABLE tombstones ADD COLUMN url TEXT;
  ALTER TABLE tombstones ADD COLUMN title TEXT;
  ALTER TABLE tombstones ADD COLUMN published_at INTEGER;

  -- How many comments an article has, where its feed says so (slash:comments, RFC 4685).
  ALTER TABLE contents ADD COLUMN comments_count INTEGER;
  `,
  // 8: what earlier programs wrote in other forms (texts, shards of the index, undo records) is rewritten by store/upgrade/upgrade.ts. Of a
  // new store nothing is there to rewrite.
  `
  DELETE FROM facts WHERE name = 'indexUpgrade';
  INSERT INTO facts (name, value) SELECT 'upgradedTo', '0'
    WHERE EXISTS (SELECT 1 FROM feeds) OR EXISTS (SELECT 1 FROM undos)
      OR EXISTS (SELECT 1 FROM sqlite_schema WHERE name GLOB 'article_index_[0-9]*');
  `,
  // 9: the article as its page on the web has it, beside what the feed gave; or why it could not be had.
  `
  CREATE TABLE full_texts (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    -- where the page was found, or asked for, and when
    url TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    byline TEXT NOT NULL DEFAULT '',
    -- compressed (store/db/compressed-html.ts)
    html BLOB,
    media TEXT NOT NULL DEFAULT '[]',
    failure TEXT,
    -- which of the two texts the reader chose
    is_shown INTEGER,
    CHECK ((html IS NULL) <> (failure IS NULL))
  ) STRICT;
  `,
  // 10: a saved article's pictures went with the cache, or with the site: they are kept for as long as the article is saved.
  `
  -- The files are beside the database, in the folder 'pictures', each named by its key.
  CREATE TABLE pinned_pictures (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (article_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pinned_pictures_by_key ON pinned_pictures (key);
  -- Saved articles whose pictures were looked for; next_try_at is null where nothing is left to do.
  CREATE TABLE kept_articles (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    tries INTEGER NOT NULL,
    next_try_at INTEGER
  ) STRICT;
  `,
  // 11: how articles are read, by feed and by folder (store/feeds/reading.ts). Pictures were loaded or not; now the reader may
  // be asked, too.
  `
  ALTER TABLE feeds ADD COLUMN reading TEXT;
  ALTER TABLE folders ADD COLUMN reading TEXT;
  INSERT OR IGNORE INTO settings (name, value)
    SELECT 'pictures', CASE value WHEN 'false' THEN '"never"' ELSE '"load"' END FROM settings WHERE name = 'loadImages';
  DELETE FROM settings WHERE name = 'loadImages';
  `,
  // 12: how far sounds of articles were heard. Times in seconds, `heard_at` in ms.
  `
  CREATE TABLE playback (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    position REAL NOT NULL,
    duration REAL,
    is_played INTEGER NOT NULL CHECK (is_played IN (0, 1)),
    heard_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, url)
  ) STRICT, WITHOUT ROWID;
  `,
  // 13: sizes of pictures that were fetched, by the keys of their files in the cache.
  `
  CREATE TABLE picture_sizes (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL
  ) STRICT;
  `,
  // 14: when a publisher last changed an article after it had been read.
  `
  ALTER TABLE articles ADD COLUMN edited_at INTEGER;
  `,
  // 15: stories: which articles are about one event. They are found by the program, and anew where its method changes
  // (grouping/); what the reader said of them is beside them.
  `
  CREATE TABLE stories (
    -- not given again: an undo record must not meet another story
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at INTEGER NOT NULL,
    -- of its articles that are listed, by the triggers below; dates are the publishers'
    sources INTEGER NOT NULL DEFAULT 0,
    first_at INTEGER,
    latest_at INTEGER
  ) STRICT;
  CREATE INDEX stories_by_latest ON stories (latest_at);
  CREATE TABLE story_articles (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    story_id INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE,
    -- the registrable domain of its address; null where the reader put it here, until the next articles are grouped
    domain TEXT
  ) STRICT;
  CREATE INDEX story_articles_by_story ON story_articles (story_id);

  CREATE TRIGGER count_new_story_article AFTER INSERT ON story_articles BEGIN
    UPDATE stories SET (sources, first_at, latest_at) = (
      SELECT COUNT(DISTINCT COALESCE(domain, article_id)), MIN(published_at), MAX(published_at)
      FROM story_articles JOIN articles ON articles.id = article_id WHERE story_id = new.story_id AND is_hidden = 0)
    WHERE id = new.story_id;
  END;
  CREATE TRIGGER count_moved_story_article AFTER UPDATE OF story_id, domain ON story_articles BEGIN
    UPDATE stories SET (sources, first_at, latest_at) = (
      SELECT COUNT(DISTINCT COALESCE(domain, article_id)), MIN(published_at), MAX(published_at)
      FROM story_articles JOIN articles ON articles.id = article_id WHERE story_id = stories.id AND is_hidden = 0)
    WHERE id IN (old.story_id, new.story_id);
    DELETE FROM stories WHERE id = old.story_id AND NOT EXISTS (SELECT 1 FROM story_articles WHERE story_id = old.story_id);
  END;
  CREATE TRIGGER count_gone_story_article AFTER DELETE ON story_articles BEGIN
    UPDATE stories SET (sources, first_at, latest_at) = (
      SELECT COUNT(DISTINCT COALESCE(domain, article_id)), MIN(published_at), MAX(published_at)
      FROM story_articles JOIN articles ON articles.id = article_id WHERE story_id = old.story_id AND is_hidden = 0)
    WHERE id = old.story_id;
    DELETE FROM stories WHERE id = old.story_id AND NOT EXISTS (SELECT 1 FROM story_articles WHERE story_id = old.story_id);
  END;
  CREATE TRIGGER count_hidden_story_article AFTER UPDATE OF is_hidden ON articles
    WHEN EXISTS (SELECT 1 FROM story_articles WHERE article_id = new.id)
  BEGIN
    UPDATE stories SET (sources, first_at, latest_at) = (
      SELECT COUNT(DISTINCT COALESCE(domain, article_id)), MIN(published_at), MAX(published_at)
      FROM story_articles JOIN articles ON articles.id = article_id WHERE story_id = stories.id AND is_hidden = 0)
    WHERE id = (SELECT story_id FROM story_articles WHERE article_id = new.id);
  END;

  -- What the reader decided: two articles are of one story, or one is not of a story, or a story is followed. Its articles are
  -- named by what outlives their rows (store/identity/keys.ts): after a restore they may have other ids, or come back later.
  CREATE TABLE story_decisions (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('same', 'apart', 'follow')),
    decided_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE decided_articles (
    decision_id TEXT NOT NULL REFERENCES story_decisions(id) ON DELETE CASCADE,
    -- 0: what was decided of; the others are what it belongs to, or not
    position INTEGER NOT NULL,
    feed_url TEXT NOT NULL,
    keys TEXT NOT NULL,
    -- null where it is not here
    article_id INTEGER,
    PRIMARY KEY (decision_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX decided_articles_by_article ON decided_articles (article_id);
  `,
  // 16: one article that several feeds have is one row of a list (store/copies), and counts as one.
  copiesSchema,
  // 17: of a text in several pages, the one that could not be had, as JSON (MissingPage of api/model.ts).
  `
  ALTER TABLE full_texts ADD COLUMN missing TEXT;
  `,
  // 18: what two texts that are nearly the same have in common (stories/copies/sketch.ts).
  sketchesSchema,
  // 19: which feeds have used which categories lately, to find the most used ones.
  categoriesSchema,
  // 20: what the text links to on other sites, as a JSON array of numbers (feeds/prepare/outbound-links.ts).
  `
  ALTER TABLE contents ADD COLUMN links TEXT;
  `,
  // 21: mailboxes, and who sends newsletters to them.
  mailSchema,
]
