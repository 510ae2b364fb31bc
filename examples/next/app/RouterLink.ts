'use client'

// A Server Component can hand only a Client Component on, and `next/link` is one only from here.
export { default as RouterLink } from 'next/link'
