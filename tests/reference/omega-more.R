# Reliability of invented answers: Rscript tests/reference/omega-more.R > tests/reference/omega_more.json
# Made with R 4.2.2, base and stats alone: cov, cor, qf, factanal. No one's answers: all are drawn here.
number <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.17g", x)), collapse = ","), "]")
object <- function(parts) paste0("{", paste(sprintf("\"%s\":%s", names(parts), unlist(parts)), collapse = ","), "}")

# Answers on a scale from 0 to `top` with given loadings; `second` adds a factor of their own to the first few items.
drawn <- function(seed, n, loadings, top = 4, missing = 0, second = 0) {
  set.seed(seed); k <- length(loadings)
  x <- outer(rnorm(n), loadings) + sweep(matrix(rnorm(n * k), n), 2, sqrt(1 - loadings^2), "*")
  if (second > 0) x[, seq_len(second)] <- x[, seq_len(second)] + .6 * rnorm(n)
  x <- pmin(pmax(round(top / 2 + x * top / 4 + rep(seq(-.3, .3, length.out = k), each = n)), 0), top)
  x[sample(n * k, round(missing * n * k))] <- NA
  x
}

alpha <- function(x) { k <- ncol(x); k / (k - 1) * (1 - sum(apply(x, 2, var)) / var(rowSums(x))) }

reliability <- function(x) {
  answers <- x; x <- x[complete.cases(x), ]; n <- nrow(x); k <- ncol(x); a <- alpha(x); r <- mean(cor(x)[lower.tri(diag(k))])
  f <- factanal(x, 1, nstart = 50, control = list(opt = list(maxit = 10000, factr = 10)))
  l <- as.numeric(f$loadings); if (sum(l) < 0) l <- -l
  shown <- if (any(f$uniquenesses < .00501)) "heywood" else if (any(l < 0)) "negative-loading" else "omega"
  object(list(
    answers = paste0("[", paste(apply(answers, 2, number), collapse = ","), "]"),
    complete = n, alpha = sprintf("%.17g", a),
    feldt = number(c(1 - (1 - a) * qf(.975, n - 1, (n - 1) * (k - 1)), 1 - (1 - a) * qf(.025, n - 1, (n - 1) * (k - 1)))),
    standardised = sprintf("%.17g", k * r / (1 + (k - 1) * r)),
    deleted = number(sapply(seq_len(k), function(j) alpha(x[, -j]))),
    rest = number(sapply(seq_len(k), function(j) cor(x[, j], rowSums(x[, -j, drop = FALSE])))),
    shown = sprintf("\"%s\"", shown), loadings = number(l), omega = sprintf("%.17g", sum(l)^2 / (sum(l)^2 + sum(1 - l^2)))))
}

cases <- list(
  three_items = drawn(11, 60, c(.7, .6, .8)),
  zero_or_one = drawn(12, 400, c(.5, .6, .7, .8, .6, .5), top = 1),
  unequal_loadings = drawn(13, 300, c(.95, .3, .6, .45, .8), top = 10, missing = .04),
  twelve_weak = drawn(14, 500, seq(.1, .55, length.out = 12)),
  two_factors = drawn(15, 250, c(.6, .6, .6, .5, .7, .4, .6, .5), second = 4),
  four_with_gaps = drawn(16, 150, c(.5, .9, .7, .6), missing = .1),
  high_loading = drawn(29, 800, c(.95, .55, .45, .4), top = 20),
  heywood = { x <- drawn(18, 120, c(.4, .4, .3, .3)); x[, 1] <- rowSums(x[, 2:4]) + rbinom(120, 1, .3); x },
  against = { x <- drawn(19, 200, c(.7, .6, .8, .7, .5)); x[, 5] <- 4 - x[, 5]; x })
cat(object(list(
  generated_with = sprintf("\"%s; tests/reference/omega-more.R\"", R.version.string),
  cases = object(lapply(cases, reliability)))), "\n")
