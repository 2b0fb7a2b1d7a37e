/** The 21st migration: mailboxes whose newsletters are sources (store/mail). A migration that has shipped never changes. */
export const mailSchema = `
  CREATE TABLE mailboxes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- as the reader names it
    address TEXT NOT NULL,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    security TEXT NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
    user_name TEXT NOT NULL,
    -- sealed (lib/secrets.ts)
    password BLOB NOT NULL,
    -- nothing is read that came before
    read_since INTEGER NOT NULL,
    last_success_at INTEGER,
    failure TEXT,
    failing_since INTEGER,
    UNIQUE (host, port, user_name)
  ) STRICT;

  CREATE TABLE mail_folders (
    id INTEGER PRIMARY KEY,
    mailbox_id INTEGER NOT NULL REFERENCES mailboxes(id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    -- the first one is where new messages are waited for
    position INTEGER NOT NULL,
    -- UIDs mean something within one UIDVALIDITY (RFC 9051, 2.3.1.1); null before the first look
    uid_validity INTEGER,
    -- messages from this one on have not been looked at
    next_uid INTEGER,
    UNIQUE (mailbox_id, path)
  ) STRICT;

  -- Who sends newsletters, or anything else, to these mailboxes.
  CREATE TABLE mail_senders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- by what messages are told to be of one newsletter (feeds/mail)
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    is_newsletter INTEGER NOT NULL CHECK (is_newsletter IN (0, 1)),
    -- null until the reader has decided
    decision TEXT CHECK (decision IN ('kept', 'left-out')),
    -- the row of feeds that has its messages as articles; of several senders where newsletters were joined
    feed_url TEXT,
    -- JSON, of the latest message: how to unsubscribe (api/mail/model.ts)
    unsubscribe TEXT,
    subject TEXT NOT NULL DEFAULT '',
    latest_at INTEGER NOT NULL,
    CHECK ((decision IS 'kept') = (feed_url IS NOT NULL))
  ) STRICT;
  CREATE INDEX mail_senders_by_feed ON mail_senders (feed_url) WHERE feed_url IS NOT NULL;

  -- Messages whose heads were read and whose texts were not.
  CREATE TABLE mail_messages (
    folder_id INTEGER NOT NULL REFERENCES mail_folders(id) ON DELETE CASCADE,
    uid INTEGER NOT NULL,
    sender_id INTEGER NOT NULL REFERENCES mail_senders(id) ON DELETE CASCADE,
    message_id TEXT,
    sent_at INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    -- JSON: why it can't be read; it is not fetched again
    failure TEXT,
    PRIMARY KEY (folder_id, uid)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX mail_messages_by_sender ON mail_messages (sender_id, sent_at);
`
