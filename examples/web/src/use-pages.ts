import { useCallback, useEffect, useRef, useState } from 'react'

interface Page<Item> {
  items: readonly Item[]
  /** Hand it to the next reading; null: there is no more. */
  after: string | null
}

interface Pages<Item> extends Page<Item> {
  isLoading: boolean
  error: unknown
}

interface Connection<Item> {
  edges: readonly { node: Item }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

export const pageOf = <Item>(connection: Connection<Item> | null | undefined): Page<Item> => ({
  items: connection?.edges.map(({ node }) => node) ?? [],
  after: connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null,
})

/** A list that is read page by page, and from the beginning whenever `read` is another: keep it with useCallback. */
export const usePages = <Item>(read: (after: string | null) => Promise<Page<Item>>) => {
  const [pages, setPages] = useState<Pages<Item>>({ items: [], after: null, isLoading: true, error: null })
  const current = useRef(read)
  const load = useCallback(
    (before: Page<Item>) => {
      current.current = read
      setPages({ ...before, isLoading: true, error: null })
      read(before.after).then(
        ({ items, after }) => {
          if (current.current !== read) return
          setPages({ items: [...before.items, ...items], after, isLoading: false, error: null })
        },
        (error: unknown) => {
          if (current.current === read) setPages({ ...before, isLoading: false, error })
        },
      )
    },
    [read],
  )
  useEffect(() => load({ items: [], after: null }), [load])
  return { ...pages, loadMore: () => load(pages) }
}
