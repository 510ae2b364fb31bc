import darkDense from '../brands/dark-dense.css?raw'
import shadcn from '../brands/shadcn.css?raw'

/** The host themes of the Theming page, as their hosts write them; the plain one writes nothing. */
export const brands = { plain: '', shadcn, 'dark-dense': darkDense } as const
