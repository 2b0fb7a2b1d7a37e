/** An article's text as it is shown: with stills in the cards of its films, and above it what the feed has beside it. */
import type { SafeHtml } from '../../api/model.ts'
import type { Film } from '../../api/reading/embeds.ts'
import { type Filmed, withFilms } from './film-cards.ts'
import { leadPictures, withLeadPictures } from './lead-pictures.ts'

/** `media`: addresses that the sanitised `html` shows. */
export type Given = Filmed & { media: string[] }

/** `beside`: addresses of pictures that `html` shows and that are not in `media`. */
export type Illustrated = { html: SafeHtml; media: string[]; beside: string[]; films: Film[] }

export function illustrated(article: Given): Illustrated {
  const { html, stills, films, isFilm } = withFilms(article)
  const lead = leadPictures(isFilm ? { ...article, image: null } : article)
  const beside = [...lead.map(({ url }) => url), ...stills]
  return { html: withLeadPictures(lead, html), media: article.media, beside, films }
}
