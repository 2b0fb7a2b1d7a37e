/** The icon of the source 'Digest': that of the program (resources/icons), as bytes, since no site has one for it. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAACgElEQVR4nNyX3UtTYRzHv8/ZwfU2U0vL3jYFm4GyGaEzpqwNGln0' +
  'D0QvSEUXFdUf4E1ddaERdNELdtVdEEL2QoFjMwo3bBd5UYpuhMWWypLlQrfz9JzFYnF2POfQOQv8wAPb72W/754f53f48ShixGmr' +
  'Mpm4q5RQFyHEyUx10IckpTRKKHmXywkDh6KxVMFBCh9GD1iPCOAegJAdMBJKv3AQzroj8ed/BAT32/wwcS9QRjia6xFFkFDrnmpq' +
  'Nk2wf16PcsJugl9aaeWpmT/N7kG2eNebcahh+VsSixMfMB8cQfLlsHICa3V2Q8UpjklxQQcqauuw1eOFve86WvrvwLxdzYVSFxMA' +
  'XQQUU93Riea+G2pCmQBCrDCASkcbtvUcXz2I1eagEVvDXsnx+vx4Nix9iGp9hxV/T7OAUkxPz6D/1m2JfVOTXTFXFwH/Ag8daGxs' +
  'wLUrlyX29ORHxVzNAmIzn1THfh16rBijyw2UQhxI88GAYpwhAnJLPzA1cFNVrG4CNI9itQKSs+p7jqZdsGw5Cr7FjvRYGIuhkGKK' +
  '7i3ga2pg6WjPn8puNxJ372Nlbk423tA5sNHhQP2li6vGGD6I1u9rxmaPR9avuQXt7mOyPuvunbhw7iR8XvdfdstBF74HAiVzdL2B' +
  '+OdZ3Bt8JLGvs9pkc9bGu6CA2ILzvSck9p/xGHQTMDb6FFpJvXot6+MoaAIGkg6H2YmU9Im1ObYYRGEQQiaDxOBDWb9Ym6eURAmB' +
  'HzqRXVhAZnJK1SjO137rtNmWefKe7YJVKCNsV0xVZGkb1xmNxThB6EWZIaBn8rXFL13j8SfiriauSzAacTlltbojsaHfQor4H+v5' +
  'LwAAAP//TB7TNAAAAAZJREFUAwDyBORs4xIGBQAAAABJRU5ErkJggg=='

export const digestIcon = { type: 'image/png', bytes: Buffer.from(png, 'base64'), sourceUrl: null }
