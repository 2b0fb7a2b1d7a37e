/** What the command line says of itself. */
import manifest from '../../../package.json' with { type: 'json' }

export const version = `Broadsheet ${manifest.version}`

export const usage = `npm run -s broadsheet -- COMMAND [--data DIR] [--json]

Feeds
  add URL...                 follow a feed, or the feed of a site; also '@channel', r/name, @user@host, or a name
                             that Broadsheet's catalogue knows, such as 'hacker news'
  refresh                    fetch what is new, and say what came
    --opml FILE              first follow what this list has
    --force                  also what was fetched minutes ago, unless its server asked us to wait
    --allow-private          also addresses on this machine or a private network in the list
                             (add: also names that turn out to be there)
  feeds                      list the feeds
  remove ID                  unsubscribe; saved articles stay
  import FILE.opml           follow what a list has (--allow-private as above), fetch it, and say what came of each
    --wait N                 for at most N seconds (default: 15; 0 fetches nothing)
  mail FILE...               take in messages (.eml) or folders of them (.mbox): their senders are newsletters
  export                     write all feeds as OPML
  export --all FILE.zip      write everything: feeds, settings, saved articles as JSON and as pages
  import FILE.zip            take in what was written so; what is there stays

Articles
  list                       list articles, newest first
    --view all|unread|saved|pages|today|trending|feed:ID|folder:ID   which (default: unread)
    --limit N                how many (default: 50)
  read ID                    show an article, and mark it read
    --full                   with its full text, which is fetched from its page where it is not there
  save ID, unsave ID         keep it, or no longer
  save URL                   keep a web page, without following anything (--allow-private as above)
  export-article ID --format html|md|epub --out FILE
                             write an article with its pictures as a file of its own
  export-articles [QUERY] --out FILE.epub
                             write what is listed (--view, --limit as above), or found, as one EPUB: 200 articles at most
  search QUERY               find articles (--limit N)
  digest                     print what came since the last digest: top stories, what was saved, quiet feeds, newsletters
    --since TIME             since then: 2026-11-28, 2026-11-28T07:00, 24h or 7d
    --to FILE.html|FILE.epub write it as a file of its own

Keeping
  backup [FOLDER]            make a verified copy of everything (default: where the app makes its own)
  restore FILE               go back to a copy, by its file or its name; what is there now is kept as one first

Files on disk
  parse FILE                 print a feed in a neutral form
  extract FILE               print the article of a web page
    --url U                  where it came from   --content-type T   what its server called it
    --batch                  instead of FILE: read lines {"path","url","contentType"}, answer one line each
  stories FILE.jsonl         print which headlines are of one story; lines {"id","title","url","host","publishedAt"},
                             also "text" and "language"

  serve --port N             the browser host; prints {"url": ...} when it is ready

  --data DIR   the folder to work on (default: where the app keeps its things)
  --json       answers and errors as JSON
Ends with 0 when all is done, 1 when something failed (said on stderr), 2 when asked wrongly.`
